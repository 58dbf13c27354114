namespace Semblance.Gallery.Search;

/// <summary>Calls for one vector.</summary>
public static class VectorIndexExtensions
{
    /// <summary>Adds one vector, or replaces it.</summary>
    /// <exception cref="ArgumentException">The length does not fit, or a component is not finite.</exception>
    public static void Upsert(this IVectorIndex index, long id, ReadOnlySpan<float> vector, float bias = 0)
    {
        ArgumentNullException.ThrowIfNull(index);
        index.Upsert([id], vector, [bias]);
    }

    /// <summary>The best references of one query.</summary>
    /// <exception cref="ArgumentException">The length does not fit, or a component is not finite.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static IReadOnlyList<VectorHit> SearchOne(
        this IVectorIndex index,
        ReadOnlyMemory<float> query,
        VectorSearchOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(index);
        if (query.Length != index.Dimension)
            throw new ArgumentException($"The query has {query.Length} components, the index {index.Dimension}.", nameof(query));
        return index.Search(query, options, cancellationToken)[0];
    }
}
