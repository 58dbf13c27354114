namespace Semblance.Evaluation.Verification;

/// <summary>A pair with its similarity.</summary>
/// <param name="Similarity">Cosine; null when a picture had no face.</param>
/// <param name="Same">Whether both show one person.</param>
/// <param name="Fold">The part of the cross-validation that it belongs to.</param>
public readonly record struct ScoredPair(double? Similarity, bool Same, int Fold);
