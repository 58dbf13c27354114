namespace Semblance.Gallery.Search;

/// <summary>Queries with zeros behind them, as the kernels want them.</summary>
internal static class PaddedQueries
{
    /// <summary>Copies [count, dimension] into [count rounded up to a group, stride].</summary>
    public static AlignedBuffer<float> Create(ReadOnlySpan<float> queries, int count, int dimension, int stride, int group)
    {
        int rows = (count + group - 1) / group * group;
        AlignedBuffer<float> padded = new(rows * stride);
        padded.Span.Clear();
        for (int query = 0; query < count; query++)
            queries.Slice(query * dimension, dimension).CopyTo(padded.Span[(query * stride)..]);
        return padded;
    }
}
