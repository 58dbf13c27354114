using Pgvector;
using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Postgres;

/// <summary>
/// Vectors as they lie on the server: followed by one component more, the bias of a reference or template (minus half its baseline), which
/// the 1 at the end of a probe adds to the inner product.
/// </summary>
internal static class RankedVector
{
    public static Vector Of(FaceReference reference) => With(reference.Vector.Span, FusedSimilarity.BiasOf(reference.Baseline));

    public static Vector Probe(ReadOnlyMemory<float> probe) => With(probe.Span, 1);

    public static Vector Template(IReadOnlyList<FaceReference> references, ReferenceFusion fusion) =>
        With(FusedSimilarity.Template(references, fusion), FusedSimilarity.BiasOf(FusedSimilarity.BaselineOf(references, fusion)));

    /// <summary>The vector without its bias.</summary>
    public static ReadOnlyMemory<float> VectorOf(Vector ranked) => ranked.Memory[..^1];

    private static Vector With(ReadOnlySpan<float> vector, float last) => new(new ReadOnlyMemory<float>([.. vector, last]));
}
