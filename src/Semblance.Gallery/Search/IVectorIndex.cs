namespace Semblance.Gallery.Search;

/// <summary>
/// Vectors by id, searched by inner product (the cosine, as embeddings are unit vectors) and a bias of each, which is added to it.
/// Thread-safe; searches run beside updates, and each row that a search meets is wholly old or wholly new.
/// </summary>
public interface IVectorIndex
{
    /// <summary>Number of components of every vector.</summary>
    int Dimension { get; }

    /// <summary>Number of vectors held.</summary>
    int Count { get; }

    /// <summary>Adds vectors, or replaces in place those whose id is known.</summary>
    /// <param name="ids">One id a vector.</param>
    /// <param name="vectors">[ids, dimension], row after row; finite.</param>
    /// <param name="biases">[ids], what is added to the product of each; finite. None stands for 0.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a component is not finite; then nothing is changed.</exception>
    void Upsert(ReadOnlySpan<long> ids, ReadOnlySpan<float> vectors, ReadOnlySpan<float> biases = default);

    /// <summary>Removes a vector; its row is used again by the next new one.</summary>
    /// <returns>Whether the id was there.</returns>
    bool Remove(long id);

    /// <summary>Whether an id is held.</summary>
    bool Contains(long id);

    /// <summary>The best references of every query, best first; of equal scores the smaller id comes first.</summary>
    /// <param name="queries">[queries, dimension], row after row; finite.</param>
    /// <param name="options">How many, and from which score on; null for the best one.</param>
    /// <param name="cancellationToken">Ends the search between blocks of rows.</param>
    /// <returns>One list a query.</returns>
    /// <exception cref="ArgumentException">The length does not fit, or a component is not finite.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    IReadOnlyList<IReadOnlyList<VectorHit>> Search(
        ReadOnlyMemory<float> queries,
        VectorSearchOptions? options = null,
        CancellationToken cancellationToken = default
    );
}
