using Semblance.Alignment;

namespace Semblance.Embedding;

/// <summary>Turns aligned crops into unit vectors. Implementations are thread-safe.</summary>
public interface IFaceEmbedder : IDisposable
{
    /// <summary>The model's catalogue id.</summary>
    string Id { get; }

    /// <summary>Says which vectors may be compared.</summary>
    string Contract { get; }

    /// <summary>Which strangers the baselines of its embeddings are measured against (<see cref="EmbeddingCohort.Id"/>); null where it
    /// gives none.</summary>
    string? Cohort => null;

    /// <summary>Number of components of a vector.</summary>
    int Dimension { get; }

    /// <summary>Embeds a batch.</summary>
    /// <param name="faces">Aligned crops of the size the model takes (112 x 112 for the default).</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>One embedding a face, in the same order.</returns>
    IReadOnlyList<FaceEmbedding> Embed(ReadOnlySpan<AlignedFace> faces, CancellationToken cancellationToken = default);
}
