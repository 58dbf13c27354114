namespace Semblance.Client;

/// <summary>How usable a face is.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Reasons">What lowers it.</param>
public sealed record QualityAnswer(double Score, IReadOnlyList<string> Reasons);
