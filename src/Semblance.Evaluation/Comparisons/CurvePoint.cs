namespace Semblance.Evaluation.Comparisons;

/// <summary>What one threshold does.</summary>
/// <param name="Threshold">Scores from here on are accepted.</param>
/// <param name="Fmr">Share of the comparisons of different people that it accepts.</param>
/// <param name="Fnmr">Share of the comparisons of one person that it refuses.</param>
public readonly record struct CurvePoint(double Threshold, double Fmr, double Fnmr);
