namespace Semblance.Embedding;

/// <summary>A face as a unit vector, with the id of what made it.</summary>
/// <param name="Vector">L2-normalised; as long as the embedder's dimension (512 for the default).</param>
/// <param name="Norm">Length before normalising: a quality signal, larger is usually clearer; comparable within one contract only.</param>
/// <param name="Model">Catalogue id of the embedder.</param>
/// <param name="Contract">Says which vectors may be compared; see <c>models info</c>.</param>
public sealed record FaceEmbedding(ReadOnlyMemory<float> Vector, float Norm, string Model, string Contract)
{
    /// <summary>
    /// Mean similarity to the nearest strangers of the contract's cohort, from which a score is told; null where the contract has no cohort.
    /// </summary>
    public float? Baseline { get; init; }

    /// <summary>Number of components.</summary>
    public int Dimension => Vector.Length;
}
