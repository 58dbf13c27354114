using System.Collections.Concurrent;
using Semblance.Gallery.Search;

namespace Semblance.Gallery.Tests.Search;

/// <summary>Float32 vectors by id, and how often they were read.</summary>
internal sealed class VectorShelf : IReferenceVectors
{
    private readonly ConcurrentDictionary<long, float[]> _vectors = [];
    private int _reads;

    public int Reads => _reads;

    public IEnumerable<KeyValuePair<long, float[]>> All => _vectors;

    public void Put(long id, ReadOnlySpan<float> vector) => _vectors[id] = vector.ToArray();

    public void Take(long id) => _vectors.TryRemove(id, out _);

    public bool TryRead(long id, Span<float> vector)
    {
        Interlocked.Increment(ref _reads);
        if (!_vectors.TryGetValue(id, out float[]? found))
            return false;
        found.CopyTo(vector);
        return true;
    }
}
