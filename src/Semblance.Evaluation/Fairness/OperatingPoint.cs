namespace Semblance.Evaluation.Fairness;

/// <summary>A threshold, and who set it for what.</summary>
/// <param name="Threshold">Scores from here on are accepted.</param>
/// <param name="AskedRate">The false match rate it was set for; null for a threshold of somebody's own.</param>
/// <param name="Source">Who set it, in words.</param>
public sealed record OperatingPoint(double Threshold, double? AskedRate, string Source);
