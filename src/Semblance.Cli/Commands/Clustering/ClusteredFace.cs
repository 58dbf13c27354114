using Semblance.Detection;

namespace Semblance.Cli.Commands.Clustering;

/// <summary>A face as it stands in <c>clusters.json</c>.</summary>
/// <param name="Face">Its row in <c>faces.npy</c>.</param>
/// <param name="Input">The picture it is on.</param>
/// <param name="Box">Where on the picture.</param>
/// <param name="Score">The detector's score.</param>
/// <param name="Norm">Length of the embedding before normalising.</param>
/// <param name="Quality">How usable it is, 0 to 1.</param>
/// <param name="Crop">The aligned crop, relative to the folder.</param>
internal sealed record ClusteredFace(int Face, string Input, FaceBox Box, float Score, float Norm, double Quality, string Crop);

/// <summary>A group as it stands in <c>clusters.json</c>.</summary>
/// <param name="Number">From 1, the largest first.</param>
/// <param name="Size">Faces in it.</param>
/// <param name="MeanSimilarity">Mean cosine over its pairs.</param>
/// <param name="Sheet">Its contact sheet, relative to the folder.</param>
/// <param name="Name">Who it is, once somebody said so.</param>
/// <param name="Faces">The most typical face first.</param>
internal sealed record ClusterDocument(
    int Number,
    int Size,
    double MeanSimilarity,
    string Sheet,
    string? Name,
    IReadOnlyList<ClusteredFace> Faces
);

/// <summary>The content of <c>clusters.json</c>.</summary>
internal sealed record ClustersDocument
{
    public required string Embedder { get; init; }

    public required string Contract { get; init; }

    public required int Dimension { get; init; }

    public required double Threshold { get; init; }

    public required double? FalseMatchRate { get; init; }

    public required int Pictures { get; init; }

    public required int Failed { get; init; }

    public required int Faces { get; init; }

    public required IReadOnlyList<ClusterDocument> Clusters { get; init; }

    /// <summary>Faces in no group.</summary>
    public required IReadOnlyList<ClusteredFace> Ungrouped { get; init; }
}
