namespace Semblance.Gallery.Clustering;

/// <summary>What counts as one person.</summary>
public sealed record ClusteringOptions
{
    /// <summary>One in ten thousand: chosen on the pictures of the training pairs of LFW's View 1; see docs/clustering.md.</summary>
    public const double DefaultFalseMatchRate = 1e-4;

    /// <summary>The default options.</summary>
    public static ClusteringOptions Default { get; } = new();

    /// <summary>
    /// Groups are joined while the mean similarity between their faces reaches the threshold that single comparisons have at this rate. A
    /// mean over several pairs passes by chance far more seldom than one pair.
    /// </summary>
    public double FalseMatchRate { get; init; } = DefaultFalseMatchRate;

    /// <summary>An own threshold instead of the rate: the lowest mean cosine.</summary>
    public double? Threshold { get; init; }

    /// <summary>Groups with fewer faces are left ungrouped; 2 by default.</summary>
    public int SmallestCluster { get; init; } = 2;

    /// <summary>Threads for the search of similar pairs; all processors by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentException">A value lies outside its range.</exception>
    internal void Validate()
    {
        if (SmallestCluster < 1)
            throw new ArgumentException($"{nameof(SmallestCluster)} is {SmallestCluster}; it is at least 1.");
        if (Threads < 1)
            throw new ArgumentException($"{nameof(Threads)} is {Threads}; it is at least 1.");
        if (Threshold is { } own && !(own is >= -1 and <= 1))
            throw new ArgumentException($"{nameof(Threshold)} is {own}; a cosine lies between -1 and 1.");
    }
}
