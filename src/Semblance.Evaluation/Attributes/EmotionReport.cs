namespace Semblance.Evaluation.Attributes;

/// <summary>How often the expression agrees with the label. Figures are over the faces that were judged.</summary>
/// <param name="Faces">All labelled faces.</param>
/// <param name="Unknown">Faces without an answer.</param>
/// <param name="Accuracy">Share of right answers.</param>
/// <param name="MeanClassAccuracy">Mean of the shares by labelled expression.</param>
/// <param name="MacroF1">Mean of F1 by expression.</param>
/// <param name="Confusion">Counts by label, then by answer.</param>
/// <param name="Ece">Expected calibration error.</param>
public sealed record EmotionReport(
    int Faces,
    int Unknown,
    double Accuracy,
    double MeanClassAccuracy,
    double MacroF1,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Confusion,
    double Ece
)
{
    /// <summary>The calibration error that perfect calibration shows on so many faces; see
    /// <see cref="CalibrationError.ByChance"/>.</summary>
    public double EceByChance { get; init; }
}
