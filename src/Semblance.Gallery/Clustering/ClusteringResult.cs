namespace Semblance.Gallery.Clustering;

/// <summary>Faces by person, as far as they can be told.</summary>
/// <param name="Clusters">The groups, the largest first.</param>
/// <param name="Ungrouped">Positions of faces in no group, rising.</param>
/// <param name="Threshold">The lowest mean score at which groups were joined.</param>
/// <param name="FalseMatchRate">The rate of single comparisons that it was measured for; null for an own threshold.</param>
public sealed record ClusteringResult(
    IReadOnlyList<FaceCluster> Clusters,
    IReadOnlyList<int> Ungrouped,
    double Threshold,
    double? FalseMatchRate
)
{
    /// <summary>Positions of those of the ungrouped faces that were not compared, because they cannot be told from strangers,
    /// rising.</summary>
    public IReadOnlyList<int> CannotTell { get; init; } = [];
}
