namespace Semblance.Gallery.Clustering;

/// <summary>A group as it stands in <c>clusters.json</c>.</summary>
/// <param name="Number">From 1, the largest first.</param>
/// <param name="Size">Faces in it.</param>
/// <param name="MeanSimilarity">Mean cosine over its pairs.</param>
/// <param name="Sheet">Its contact sheet, relative to the folder.</param>
/// <param name="Name">Who it is, once somebody said so.</param>
/// <param name="Faces">The most typical face first.</param>
public sealed record ClusterDocument(
    int Number,
    int Size,
    double MeanSimilarity,
    string Sheet,
    string? Name,
    IReadOnlyList<ClusteredFace> Faces
);
