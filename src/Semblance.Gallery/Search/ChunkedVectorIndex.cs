using System.Numerics;
using System.Runtime.InteropServices;

namespace Semblance.Gallery.Search;

/// <summary>
/// An exact index in memory. Rows lie in chunks that are added as the index grows, so nothing is ever copied, and they never move. An
/// update waits for no more than the scan of one chunk. Thread-safe.
/// </summary>
public abstract class ChunkedVectorIndex : IVectorIndex, IDisposable
{
    /// <summary>Largest magnitude of a component; the squares of larger ones could leave the range of float32.</summary>
    public const float LargestComponent = 1e6f;

    internal const int ChunkRows = 1024;

    /// <summary>Queries that share one pass over the rows.</summary>
    internal const int QueryBlock = 32;

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly RowTable _rows = new();

    private protected ChunkedVectorIndex(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        Dimension = dimension;
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int Count => Read(() => _rows.Count);

    /// <inheritdoc/>
    public bool Contains(long id) => Read(() => _rows.Find(id) >= 0);

    /// <inheritdoc/>
    public void Upsert(ReadOnlySpan<long> ids, ReadOnlySpan<float> vectors, ReadOnlySpan<float> biases = default)
    {
        if (vectors.Length != (long)ids.Length * Dimension)
            throw new ArgumentException(
                $"{ids.Length} ids need {(long)ids.Length * Dimension} components, {vectors.Length} were given.",
                nameof(vectors)
            );
        if (!biases.IsEmpty && biases.Length != ids.Length)
            throw new ArgumentException($"{ids.Length} ids need as many biases, {biases.Length} were given.", nameof(biases));
        CheckComponents(vectors, nameof(vectors));
        CheckComponents(biases, nameof(biases));
        for (int start = 0; start < ids.Length; start += ChunkRows)
        {
            int count = Math.Min(ChunkRows, ids.Length - start);
            UpsertBlock(
                ids.Slice(start, count),
                vectors.Slice(start * Dimension, count * Dimension),
                biases.IsEmpty ? new float[count] : biases.Slice(start, count)
            );
        }
    }

    /// <inheritdoc/>
    public bool Remove(long id)
    {
        _lock.EnterWriteLock();
        try
        {
            int row = _rows.Remove(id);
            if (row < 0)
                return false;
            Clear(row);
            return true;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<VectorHit>> Search(
        ReadOnlyMemory<float> queries,
        VectorSearchOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= VectorSearchOptions.Default;
        options.Validate();
        if (queries.Length % Dimension != 0)
            throw new ArgumentException($"{queries.Length} components are no whole number of queries of {Dimension}.", nameof(queries));
        CheckComponents(queries.Span, nameof(queries));
        int count = queries.Length / Dimension;
        List<IReadOnlyList<VectorHit>> results = new(count);
        for (int start = 0; start < count; start += QueryBlock)
        {
            int length = Math.Min(QueryBlock, count - start);
            results.AddRange(SearchBlock(queries.Span.Slice(start * Dimension, length * Dimension), length, options, cancellationToken));
        }
        return results;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds or replaces at most <see cref="ChunkRows"/> vectors, each with its bias.</summary>
    private protected abstract void UpsertBlock(ReadOnlySpan<long> ids, ReadOnlySpan<float> vectors, ReadOnlySpan<float> biases);

    /// <summary>Makes room for the rows of one more chunk. Runs with the index locked.</summary>
    private protected abstract void AddChunk();

    /// <summary>Marks a row as free. Runs with the index locked.</summary>
    private protected abstract void Clear(int row);

    /// <summary>Searches for at most <see cref="QueryBlock"/> queries.</summary>
    private protected abstract IReadOnlyList<IReadOnlyList<VectorHit>> SearchBlock(
        ReadOnlySpan<float> queries,
        int count,
        VectorSearchOptions options,
        CancellationToken cancellationToken
    );

    /// <summary>Gives every id its row and calls <paramref name="write"/> with the position in the list and the row, the index being
    /// locked.</summary>
    private protected void WriteRows(ReadOnlySpan<long> ids, Action<int, int> write)
    {
        _lock.EnterWriteLock();
        try
        {
            for (int i = 0; i < ids.Length; i++)
            {
                int row = _rows.Find(ids[i]);
                if (row < 0)
                {
                    row = _rows.Add(ids[i]);
                    if (row % ChunkRows == 0 && row == _rows.RowLimit - 1)
                        AddChunk();
                }
                write(i, row);
            }
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>The id in a row. Only while the index is locked, as it is during a scan.</summary>
    private protected long IdOf(int row) => _rows.IdOf(row);

    /// <summary>Visits all chunks with several workers, each with a state of its own; the index is locked for reading during each
    /// visit.</summary>
    private protected TState[] Scan<TState>(int threads, Func<TState> start, Action<int, TState> visit, CancellationToken cancellationToken)
    {
        int chunks = Read(() => (_rows.RowLimit + ChunkRows - 1) / ChunkRows);
        TState[] states = new TState[Math.Clamp(chunks, 1, threads)];
        int next = -1;
        if (states.Length == 1)
            Work(0);
        else
            Parallel.For(
                0,
                states.Length,
                new ParallelOptions { MaxDegreeOfParallelism = states.Length, CancellationToken = cancellationToken },
                Work
            );
        return states;

        void Work(int worker)
        {
            TState state = states[worker] = start();
            for (int chunk = Interlocked.Increment(ref next); chunk < chunks; chunk = Interlocked.Increment(ref next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                _lock.EnterReadLock();
                try
                {
                    visit(chunk, state);
                }
                finally
                {
                    _lock.ExitReadLock();
                }
            }
        }
    }

    private T Read<T>(Func<T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private static void CheckComponents(ReadOnlySpan<float> values, string name)
    {
        ReadOnlySpan<Vector<float>> blocks = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<float> largest = new(LargestComponent);
        // A component that is not a number fails every comparison.
        foreach (Vector<float> block in blocks)
            if (!Vector.LessThanOrEqualAll(Vector.Abs(block), largest))
                throw Wrong();
        foreach (float value in values[(blocks.Length * Vector<float>.Count)..])
            if (!(MathF.Abs(value) <= LargestComponent))
                throw Wrong();

        ArgumentException Wrong() => new($"A component is not finite or larger than {LargestComponent:0}.", name);
    }
}
