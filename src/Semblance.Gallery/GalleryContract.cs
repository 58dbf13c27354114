using Semblance.Embedding;

namespace Semblance.Gallery;

/// <summary>Which embedder a gallery was made with. Vectors of another contract are never compared with its references.</summary>
/// <param name="Embedder">Catalogue id of the embedder, for messages.</param>
/// <param name="Contract">Says which vectors may be compared.</param>
/// <param name="Dimension">Components of a vector.</param>
public sealed record GalleryContract(string Embedder, string Contract, int Dimension)
{
    /// <summary>Which strangers the baselines of the references were measured against; null where scores are similarities.</summary>
    public string? Cohort { get; init; }

    /// <summary>The contract of an embedder.</summary>
    public static GalleryContract Of(IFaceEmbedder embedder)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        return new(embedder.Id, embedder.Contract, embedder.Dimension);
    }

    /// <summary>Whether an embedding may be compared with the references.</summary>
    public bool Accepts(FaceEmbedding embedding)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        return embedding.Contract == Contract && embedding.Dimension == Dimension;
    }
}
