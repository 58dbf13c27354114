namespace Semblance.Gallery.Search;

/// <summary>
/// The float32 vectors behind a quantised index: a store, a memory-mapped file, whatever holds them. Called from several threads at once,
/// with few ids a query.
/// </summary>
public interface IReferenceVectors
{
    /// <summary>Reads one vector.</summary>
    /// <param name="id">The id it has in the index.</param>
    /// <param name="vector">Takes all components.</param>
    /// <param name="bias">What is added to its product; 0 where it has none.</param>
    /// <returns>False when the vector is gone: it was removed between the scan and this call.</returns>
    bool TryRead(long id, Span<float> vector, out float bias);
}
