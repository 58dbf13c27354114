using System.Numerics;
using System.Runtime.Intrinsics;
using Semblance.Gallery.Search.Kernels;

namespace Semblance.Gallery.Search;

/// <summary>
/// Holds one byte a component, 532 bytes a reference at 512 components, and gives exactly the results of <see cref="FloatVectorIndex"/>. A
/// scan in whole numbers bounds every score from above and below; whatever could be among the best is bounded again with the query in
/// float32, and what is left is compared by the float32 vectors, which stay in the store. The bounds hold for every vector, so nothing can
/// be missed: where they are wide, more rows are compared. Thread-safe.
/// </summary>
public sealed unsafe class Int8VectorIndex : ChunkedVectorIndex
{
    private readonly List<Int8Chunk> _chunks = [];
    private readonly IReferenceVectors _vectors;
    private readonly Int8Kernel _kernel;
    private readonly int _stride;
    private float _longest,
        _largestBias;

    /// <summary>Creates an empty index.</summary>
    /// <param name="dimension">Components of every vector.</param>
    /// <param name="vectors">Gives the float32 vectors of the ids that are added; it holds a new vector before the index does.</param>
    public Int8VectorIndex(int dimension, IReferenceVectors vectors)
        : this(dimension, vectors, Int8Kernel.Best) { }

    internal Int8VectorIndex(int dimension, IReferenceVectors vectors, Int8Kernel kernel)
        : base(dimension)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        (_vectors, _kernel) = (vectors, kernel);
        _stride = (dimension + Int8Kernel.StrideBytes - 1) / Int8Kernel.StrideBytes * Int8Kernel.StrideBytes;
    }

    private protected override void UpsertBlock(ReadOnlySpan<long> ids, ReadOnlySpan<float> vectors, ReadOnlySpan<float> biases)
    {
        byte[] codes = new byte[ids.Length * _stride];
        (float Scale, float Error)[] bounds = new (float, float)[ids.Length];
        float[] added = biases.ToArray();
        float longest = 0,
            largestBias = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            largestBias = MathF.Max(largestBias, MathF.Abs(added[i]));
            bounds[i] = RowQuantizer.Quantize(vectors.Slice(i * Dimension, Dimension), codes.AsSpan(i * _stride, _stride), out float norm);
            // The true vector is no longer than its quantised form and its error together.
            longest = MathF.Max(longest, norm + bounds[i].Error);
        }
        WriteRows(ids, (i, row) =>
        {
            _chunks[row / ChunkRows].Set(row % ChunkRows, codes.AsSpan(i * _stride, _stride), bounds[i].Scale, bounds[i].Error, added[i]);
            _longest = MathF.Max(_longest, longest);
            _largestBias = MathF.Max(_largestBias, largestBias);
        });
    }

    private protected override void AddChunk() => _chunks.Add(new(_stride));

    private protected override void Clear(int row) => _chunks[row / ChunkRows].Clear(row % ChunkRows);

    private protected override IReadOnlyList<IReadOnlyList<VectorHit>> SearchBlock(
        ReadOnlySpan<float> queries,
        int count,
        VectorSearchOptions options,
        CancellationToken cancellationToken
    )
    {
        QuantizedQueries quantized = new(queries, count, Dimension, _stride, _kernel.QueryLevels);
        CandidateSet[] workers = Scan(
            options.Threads,
            () => new CandidateSet(count, options),
            (chunk, found) => ScanChunk(chunk, quantized, options, found),
            cancellationToken
        );
        IReadOnlyList<VectorHit>[] results = new IReadOnlyList<VectorHit>[count];
        AlignedBuffer<float> vector = new(_stride);
        vector.Span.Clear();
        for (int query = 0; query < count; query++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            HashSet<long> gone = [];
            results[query] = Compare(
                CandidateSet.Merge(workers, query, options),
                quantized.Exact.Pointer + query * _stride,
                vector,
                options,
                gone
            );
            // A removed reference may have kept a worse one out; look again without it.
            if (gone.Count > 0)
                results[query] = SearchBlock(
                    queries.Slice(query * Dimension, Dimension),
                    1,
                    options with
                    {
                        Filter = id => !gone.Contains(id) && options.Filter?.Invoke(id) != false,
                    },
                    cancellationToken
                )[0];
        }
        GC.KeepAlive(quantized);
        return results;
    }

    private void ScanChunk(int index, QuantizedQueries queries, VectorSearchOptions options, CandidateSet found)
    {
        Int8Chunk chunk = _chunks[index];
        int* dots = found.Dots.Pointer;
        for (int start = 0; start < ChunkRows; start += Int8Kernel.BlockRows)
        {
            _kernel.Multiply(chunk.Codes.Pointer + start * _stride, queries.Codes.Pointer, queries.Count, _stride, dots);
            for (int query = 0; query < queries.Count; query++)
            {
                for (
                    ulong possible = Possible(dots + query * Int8Kernel.BlockRows, chunk, start, queries, query, found.Threshold(query));
                    possible != 0;
                    possible &= possible - 1
                )
                    Refine(index, start + BitOperations.TrailingZeroCount(possible), queries, query, options, found);
            }
        }
        GC.KeepAlive(chunk);
    }

    /// <summary>The rows of a block, as bits, whose upper bound reaches a threshold.</summary>
    private ulong Possible(int* dots, Int8Chunk chunk, int start, QuantizedQueries queries, int query, float threshold)
    {
        Vector512<int> offset = Vector512.Create(queries.Offset[query]);
        Vector512<float> scale = Vector512.Create(queries.Scale[query]),
            norm = Vector512.Create(queries.Norm[query]);
        Vector512<float> lowest = Vector512.Create(threshold - queries.Error[query] * _longest - Rounding(queries.Norm[query]));
        float* scales = chunk.Scales.Pointer + start,
            errors = chunk.Errors.Pointer + start,
            biases = chunk.Biases.Pointer + start;
        ulong possible = 0;
        for (int row = 0; row < Int8Kernel.BlockRows; row += Vector512<int>.Count)
        {
            Vector512<float> products = Vector512.ConvertToSingle(Vector512.Load(dots + row) - offset);
            Vector512<float> upper = Vector512.FusedMultiplyAdd(
                products * Vector512.Load(scales + row),
                scale,
                Vector512.Load(errors + row) * norm
            );
            upper += Vector512.Load(biases + row);
            possible |= Vector512.GreaterThanOrEqual(upper, lowest).ExtractMostSignificantBits() << row;
        }
        return possible;
    }

    /// <summary>Bounds a score with the query in float32; only the row's own error is left.</summary>
    private void Refine(int index, int row, QuantizedQueries queries, int query, VectorSearchOptions options, CandidateSet found)
    {
        Int8Chunk chunk = _chunks[index];
        float error = chunk.Errors.Pointer[row];
        if (float.IsNegativeInfinity(error))
            return;
        float score = RowQuantizer.Dot(
            chunk.Codes.Pointer + row * _stride,
            chunk.Scales.Pointer[row],
            queries.Exact.Pointer + query * _stride,
            _stride
        );
        score += chunk.Biases.Pointer[row];
        float width = error * queries.Norm[query] + Rounding(queries.Norm[query]);
        if (score + width < found.Threshold(query))
            return;
        long id = IdOf(index * ChunkRows + row);
        if (options.Filter?.Invoke(id) != false)
            found.Add(query, new(id, score - width), score + width);
    }

    /// <summary>What float32 sums of <see cref="_stride"/> products, and a bias added to them, may be off, here and in the exact score
    /// (Higham, Accuracy and Stability of Numerical Algorithms, 3.1).</summary>
    private float Rounding(float norm) => 4 * _stride * UnitRoundoff * norm * _longest + 8 * UnitRoundoff * _largestBias;

    private const float UnitRoundoff = 1f / (1 << 24);

    /// <summary>Exact scores, from the most promising candidate on until none can enter any more.</summary>
    private List<VectorHit> Compare(
        IReadOnlyList<Candidate> candidates,
        float* query,
        AlignedBuffer<float> vector,
        VectorSearchOptions options,
        HashSet<long> gone
    )
    {
        TopHits hits = new(options.Count, options.MinimumScore);
        foreach (Candidate candidate in candidates)
        {
            if (candidate.Upper < hits.Threshold)
                break;
            if (!_vectors.TryRead(candidate.Id, vector.Span[..Dimension], out float bias))
                gone.Add(candidate.Id);
            else
                hits.Add(new(candidate.Id, FloatKernel.Dot(vector.Pointer, query, _stride) + bias, bias));
        }
        return [.. hits.Hits];
    }
}
