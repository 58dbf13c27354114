namespace Semblance.Evaluation.Attributes;

/// <summary>How often the perceived gender agrees with the label. Figures are over the faces that were judged.</summary>
/// <param name="Faces">All labelled faces.</param>
/// <param name="Unknown">Faces without an answer.</param>
/// <param name="Accuracy">Share of right answers.</param>
/// <param name="AccuracyWithUnknownAsWrong">The same over all faces: an unknown counts as wrong.</param>
/// <param name="Recall">Share of right answers by labelled gender.</param>
/// <param name="Ece">Expected calibration error.</param>
public sealed record GenderReport(
    int Faces,
    int Unknown,
    double Accuracy,
    double AccuracyWithUnknownAsWrong,
    IReadOnlyDictionary<string, double> Recall,
    double Ece
)
{
    /// <summary>The calibration error that perfect calibration shows on so many faces; see
    /// <see cref="CalibrationError.ByChance"/>.</summary>
    public double EceByChance { get; init; }

    /// <summary>The same over people labelled 18 and older; null without ages.</summary>
    public GenderReport? Adults { get; init; }

    /// <summary>Accuracy by age group; empty without ages.</summary>
    public IReadOnlyDictionary<string, double> AccuracyByAgeGroup { get; init; } = new Dictionary<string, double>();

    /// <summary>Accuracy by race; empty without that column.</summary>
    public IReadOnlyDictionary<string, double> AccuracyByRace { get; init; } = new Dictionary<string, double>();
}
