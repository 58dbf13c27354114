using Semblance.Gallery.Search.Kernels;

namespace Semblance.Gallery.Search;

/// <summary>Holds float32 vectors: 2 KiB a reference at 512 components. Thread-safe.</summary>
public sealed unsafe class FloatVectorIndex : ChunkedVectorIndex
{
    private readonly List<Chunk> _chunks = [];
    private readonly int _stride;

    /// <summary>Creates an empty index.</summary>
    /// <param name="dimension">Components of every vector.</param>
    public FloatVectorIndex(int dimension)
        : base(dimension) =>
        _stride = (dimension + FloatKernel.StrideComponents - 1) / FloatKernel.StrideComponents * FloatKernel.StrideComponents;

    private protected override void UpsertBlock(ReadOnlySpan<long> ids, ReadOnlySpan<float> vectors, ReadOnlySpan<float> biases)
    {
        fixed (float* source = vectors)
        fixed (float* added = biases)
        {
            float* start = source,
                bias = added;
            WriteRows(ids, (i, row) =>
            {
                Chunk chunk = _chunks[row / ChunkRows];
                Span<float> target = chunk.Rows.Span.Slice(row % ChunkRows * _stride, _stride);
                new ReadOnlySpan<float>(start + (long)i * Dimension, Dimension).CopyTo(target);
                target[Dimension..].Clear();
                chunk.Biases[row % ChunkRows] = bias[i];
                chunk.Occupied[row % ChunkRows] = true;
            });
        }
    }

    private protected override void AddChunk()
    {
        Chunk chunk = new(new AlignedBuffer<float>(ChunkRows * _stride), new float[ChunkRows], new bool[ChunkRows]);
        // Rows not yet used are computed along with their block.
        chunk.Rows.Span.Clear();
        _chunks.Add(chunk);
    }

    private protected override void Clear(int row) => _chunks[row / ChunkRows].Occupied[row % ChunkRows] = false;

    private protected override IReadOnlyList<IReadOnlyList<VectorHit>> SearchBlock(
        ReadOnlySpan<float> queries,
        int count,
        VectorSearchOptions options,
        CancellationToken cancellationToken
    )
    {
        AlignedBuffer<float> padded = PaddedQueries.Create(queries, count, Dimension, _stride, FloatKernel.QueryGroup);
        Worker[] workers = Scan(
            options.Threads,
            () => new Worker(count, options),
            (chunk, worker) => ScanChunk(chunk, padded, count, options, worker),
            cancellationToken
        );
        GC.KeepAlive(padded);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(query => TopHits.Merge(workers.Select(worker => worker.Hits[query]), options.Count, options.MinimumScore).Hits),
        ];
    }

    private void ScanChunk(int index, AlignedBuffer<float> queries, int count, VectorSearchOptions options, Worker worker)
    {
        Chunk chunk = _chunks[index];
        float* dots = worker.Dots.Pointer;
        for (int start = 0; start < ChunkRows; start += FloatKernel.BlockRows)
        {
            FloatKernel.Multiply(chunk.Rows.Pointer + start * _stride, queries.Pointer, count, _stride, dots);
            for (int query = 0; query < count; query++)
            {
                TopHits hits = worker.Hits[query];
                for (int row = 0; row < FloatKernel.BlockRows; row++)
                {
                    float score = dots[query * FloatKernel.BlockRows + row] + chunk.Biases[start + row];
                    if (!(score >= hits.Threshold) || !chunk.Occupied[start + row])
                        continue;
                    long id = IdOf(index * ChunkRows + start + row);
                    if (options.Filter?.Invoke(id) != false)
                        hits.Add(new(id, score, chunk.Biases[start + row]));
                }
            }
        }
        GC.KeepAlive(chunk);
    }

    private sealed record Chunk(AlignedBuffer<float> Rows, float[] Biases, bool[] Occupied);

    private sealed class Worker(int queries, VectorSearchOptions options)
    {
        public AlignedBuffer<float> Dots { get; } = new((queries + FloatKernel.QueryGroup) * FloatKernel.BlockRows);

        public TopHits[] Hits { get; } = [.. Enumerable.Range(0, queries).Select(_ => new TopHits(options.Count, options.MinimumScore))];
    }
}
