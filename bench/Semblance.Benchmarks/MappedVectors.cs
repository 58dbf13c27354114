using System.IO.MemoryMappedFiles;
using Semblance.Gallery.Search;

namespace Semblance.Benchmarks;

/// <summary>Float32 vectors in a memory-mapped file; the id is the row.</summary>
internal sealed unsafe class MappedVectors : IReferenceVectors, IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly float* _vectors;
    private readonly int _dimension;
    private int _reads;

    private MappedVectors(string path, int dimension)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _vectors = (float*)start;
        _dimension = dimension;
    }

    /// <summary>Vectors read.</summary>
    public int Reads
    {
        get => _reads;
        set => _reads = value;
    }

    public static MappedVectors Create(string path, float* vectors, int count, int dimension)
    {
        using (FileStream stream = File.Create(path))
            for (int row = 0; row < count; row++)
                stream.Write(new ReadOnlySpan<byte>(vectors + (long)row * dimension, dimension * sizeof(float)));
        return new(path, dimension);
    }

    public bool TryRead(long id, Span<float> vector, out float bias)
    {
        bias = 0;
        Interlocked.Increment(ref _reads);
        new ReadOnlySpan<float>(_vectors + id * _dimension, _dimension).CopyTo(vector);
        return true;
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
