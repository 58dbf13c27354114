using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Json;

namespace Semblance.Gallery.Clustering;

/// <summary>The content of <c>clusters.json</c>.</summary>
public sealed record ClustersDocument
{
    /// <summary>Catalogue id of the embedder.</summary>
    public required string Embedder { get; init; }

    /// <summary>The contract of the vectors.</summary>
    public required string Contract { get; init; }

    /// <summary>Components of a vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>The lowest mean at which groups were joined.</summary>
    public required double Threshold { get; init; }

    /// <summary>The rate it was measured for; null for an own threshold.</summary>
    public double? FalseMatchRate { get; init; }

    /// <summary>Pictures that were looked at.</summary>
    public required int Pictures { get; init; }

    /// <summary>Pictures that could not be read.</summary>
    public required int Failed { get; init; }

    /// <summary>Faces on the others: rows of <c>faces.npy</c>.</summary>
    public required int Faces { get; init; }

    /// <summary>The groups, the largest first.</summary>
    public required IReadOnlyList<ClusterDocument> Clusters { get; init; }

    /// <summary>Faces in no group.</summary>
    public required IReadOnlyList<ClusteredFace> Ungrouped { get; init; }

    /// <summary>Numbers of those of the ungrouped faces that were compared with none, because strangers on such pictures look alike. Null
    /// in documents of before.</summary>
    public IReadOnlyList<int>? CannotTell { get; init; }

    /// <summary>Everything that was written to the folder, relative to it: what a later run may replace. Null in documents of
    /// before.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>The document as text, readable in any script.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Readable.ClustersDocument);

    private static ClustersJson Readable { get; } =
        new(new JsonSerializerOptions(ClustersJson.Default.Options) { Encoder = SemblanceJson.Encoder });
}

/// <summary>The form of <c>clusters.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
[JsonSerializable(typeof(ClustersDocument))]
public sealed partial class ClustersJson : JsonSerializerContext;
