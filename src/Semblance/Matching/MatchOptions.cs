namespace Semblance.Matching;

/// <summary>What counts as a match.</summary>
public sealed record MatchOptions
{
    /// <summary>One in ten thousand.</summary>
    public const double DefaultFalseMatchRate = 1e-4;

    /// <summary>The default options.</summary>
    public static MatchOptions Default { get; } = new();

    /// <summary>The rate at which different people may pass as one, in single comparisons.</summary>
    public double FalseMatchRate { get; init; } = DefaultFalseMatchRate;

    /// <summary>An own threshold instead of the rate: the lowest score; where the embedder has no cohort the lowest cosine, or for
    /// <see cref="SimilarityMetric.L2"/> the largest distance.</summary>
    public double? Threshold { get; init; }

    /// <summary>How comparison and threshold are expressed.</summary>
    public SimilarityMetric Metric { get; init; } = SimilarityMetric.Cosine;
}
