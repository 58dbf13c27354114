using Semblance.Evaluation.Attributes;

namespace Semblance.Evaluation.Parts;

/// <summary>Figures of an attribute on pictures made worse, or framed otherwise, in one way.</summary>
/// <param name="Condition">The way as it is typed, or <see cref="ConditionPart.Clear"/>.</param>
public sealed record AttributeConditionReport(string Condition)
{
    private const double PromisedShare = 0.8;

    /// <summary>Faces that were not judged; where none was there are no figures.</summary>
    public int Unknown { get; init; }

    /// <summary>Figures of apparent age; null for another attribute.</summary>
    public AgeReport? Age { get; init; }

    /// <summary>Figures of perceived gender; null for another attribute.</summary>
    public GenderReport? Gender { get; init; }

    /// <summary>Figures of expression; null for another attribute.</summary>
    public EmotionReport? Emotion { get; init; }

    /// <summary>How bad the row is, to order rows by: how far the worst age group's intervals are from holding what they promise, the
    /// larger error of the two genders of adults, the calibration error of expressions.</summary>
    internal double Badness =>
        Age is { } age
            ? age.Coverage80ByAgeGroup.Count > 0
                ? age.Coverage80ByAgeGroup.Values.Max(held => Math.Abs(held - PromisedShare))
                : age.Mae
            : Gender is { } gender
                ? 1 - (gender.Adults ?? gender).Recall.Values.Min()
                : Emotion?.Ece ?? double.PositiveInfinity;
}
