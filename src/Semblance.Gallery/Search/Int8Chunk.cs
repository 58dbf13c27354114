namespace Semblance.Gallery.Search;

/// <summary>Rows of a quantised index. A free row has an error of minus infinity, so that its upper bound passes no threshold.</summary>
internal sealed class Int8Chunk
{
    private readonly int _stride;

    public Int8Chunk(int stride)
    {
        _stride = stride;
        (Codes, Scales, Errors, Biases) = (
            new(ChunkedVectorIndex.ChunkRows * stride),
            new(ChunkedVectorIndex.ChunkRows),
            new(ChunkedVectorIndex.ChunkRows),
            new(ChunkedVectorIndex.ChunkRows)
        );
        Scales.Span.Clear();
        Biases.Span.Clear();
        Errors.Span.Fill(float.NegativeInfinity);
    }

    /// <summary>[rows, stride].</summary>
    public AlignedBuffer<byte> Codes { get; }

    /// <summary>[rows].</summary>
    public AlignedBuffer<float> Scales { get; }

    /// <summary>[rows], upper bounds of the lengths of what quantising lost.</summary>
    public AlignedBuffer<float> Errors { get; }

    /// <summary>[rows], what is added to the products; exact, so it widens no bound.</summary>
    public AlignedBuffer<float> Biases { get; }

    public void Set(int row, ReadOnlySpan<byte> codes, float scale, float error, float bias)
    {
        codes.CopyTo(Codes.Span.Slice(row * _stride, _stride));
        (Scales.Span[row], Errors.Span[row], Biases.Span[row]) = (scale, error, bias);
    }

    public void Clear(int row) => (Scales.Span[row], Errors.Span[row], Biases.Span[row]) = (0, float.NegativeInfinity, 0);
}
