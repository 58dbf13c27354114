namespace Semblance.Gallery.Clustering;

/// <summary>Faces that seem to be of one person.</summary>
/// <param name="Number">From 1; the largest cluster first, of equal ones that with the earlier face.</param>
/// <param name="Faces">Positions in the list that was grouped, the most typical face first (largest mean similarity to the others).</param>
/// <param name="MeanSimilarity">Mean cosine over the pairs of the cluster; 1 for a single face.</param>
public sealed record FaceCluster(int Number, IReadOnlyList<int> Faces, double MeanSimilarity);
