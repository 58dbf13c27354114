namespace Semblance.Matching;

/// <summary>What a decision is made on.</summary>
/// <param name="Similarity">Cosine of the two vectors, -1 to 1.</param>
/// <param name="Score">What a threshold is compared with: the similarity less the mean of both baselines; the similarity itself where the
/// embedder has no cohort.</param>
/// <param name="SmallerNorm">The smaller embedding norm of the two, or in a search the probe's; null where it is not known: then the
/// quality is taken as the best.</param>
public readonly record struct FaceComparison(double Similarity, double Score, double? SmallerNorm);
