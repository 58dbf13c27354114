namespace Semblance.Evaluation.Comparisons;

/// <summary>Two faces of a set and their score.</summary>
/// <param name="A">Position of the first face.</param>
/// <param name="B">Position of the second face.</param>
/// <param name="Score">What a threshold is compared with.</param>
public readonly record struct Comparison(int A, int B, float Score);
