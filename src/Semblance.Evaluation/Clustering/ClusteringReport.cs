using System.Text.Json.Serialization;

namespace Semblance.Evaluation.Clustering;

/// <summary>How well groups of faces agree with the people who are on them. All rates 0 to 1.</summary>
public sealed record ClusteringReport
{
    /// <summary>Faces that were grouped.</summary>
    public required int Faces { get; init; }

    /// <summary>People among them.</summary>
    public required int People { get; init; }

    /// <summary>Groups of two faces or more.</summary>
    public required int Clusters { get; init; }

    /// <summary>Pictures without a face; they are in no group and count as misses of their pairs.</summary>
    public required int Missed { get; init; }

    /// <summary>Pairs of one person, those with a missed picture among them.</summary>
    public required long MatedPairs { get; init; }

    /// <summary>Of the pairs in one group, those of one person.</summary>
    public required double Precision { get; init; }

    /// <summary>Of the pairs of one person, those in one group.</summary>
    public required double Recall { get; init; }

    /// <summary>Harmonic mean of pairwise precision and recall.</summary>
    public required double FScore { get; init; }

    /// <summary>Precision per face, averaged over faces (BCubed; Amigó et al., Information Retrieval 12, 2009), so that large groups do not
    /// rule.</summary>
    public required double BCubedPrecision { get; init; }

    /// <summary>Recall per face, averaged over faces.</summary>
    public required double BCubedRecall { get; init; }

    /// <summary>Harmonic mean of the two.</summary>
    public required double BCubedFScore { get; init; }

    /// <summary>The lowest mean cosine at which groups were joined.</summary>
    public required double Threshold { get; init; }

    /// <summary>The rate of single comparisons it was measured for; null for an own threshold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? FalseMatchRate { get; init; }
}
