using Semblance.Matching;

namespace Semblance;

/// <summary>How two pictures are compared.</summary>
public sealed record VerificationOptions
{
    /// <summary>The default: largest face, cosine, a false match rate of 1e-4.</summary>
    public static VerificationOptions Default { get; } = new();

    /// <summary>The rate at which different people may pass as one, in single comparisons.</summary>
    public double FalseMatchRate { get; init; } = MatchOptions.DefaultFalseMatchRate;

    /// <summary>An own threshold instead of the rate: the lowest score; without a cohort and for <see cref="SimilarityMetric.L2"/> the
    /// largest distance.</summary>
    public double? Threshold { get; init; }

    /// <summary>How the comparison is expressed; the decision is the same.</summary>
    public SimilarityMetric Metric { get; init; } = SimilarityMetric.Cosine;

    /// <summary>Which face is taken where there are several.</summary>
    public FaceChoice Face { get; init; } = FaceChoice.Largest;
}
