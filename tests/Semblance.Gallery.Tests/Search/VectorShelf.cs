using System.Collections.Concurrent;
using Semblance.Gallery.Search;

namespace Semblance.Gallery.Tests.Search;

/// <summary>Float32 vectors by id, and how often they were read.</summary>
internal sealed class VectorShelf : IReferenceVectors
{
    private readonly ConcurrentDictionary<long, float[]> _vectors = [];
    private readonly ConcurrentDictionary<long, float> _biases = [];
    private int _reads;

    public int Reads => _reads;

    public IEnumerable<KeyValuePair<long, float[]>> All => _vectors;

    public float BiasOf(long id) => _biases.GetValueOrDefault(id);

    public void Put(long id, ReadOnlySpan<float> vector, float bias = 0)
    {
        _biases[id] = bias;
        _vectors[id] = vector.ToArray();
    }

    public void Take(long id) => _vectors.TryRemove(id, out _);

    public bool TryRead(long id, Span<float> vector, out float bias)
    {
        bias = BiasOf(id);
        Interlocked.Increment(ref _reads);
        if (!_vectors.TryGetValue(id, out float[]? found))
            return false;
        found.CopyTo(vector);
        return true;
    }
}
