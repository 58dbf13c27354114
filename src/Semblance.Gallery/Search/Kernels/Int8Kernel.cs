using System.Runtime.Intrinsics.X86;

namespace Semblance.Gallery.Search.Kernels;

/// <summary>
/// Inner products of blocks of quantised rows with quantised queries, in whole numbers, so that every kernel gives the same results. Rows
/// are bytes with 128 for zero, because the instructions multiply unsigned by signed bytes; the caller takes 128 times the query's sum off.
/// </summary>
internal abstract unsafe class Int8Kernel
{
    /// <summary>Rows of a block; whole blocks are always computed.</summary>
    public const int BlockRows = 64;

    /// <summary>Bytes of a row are a multiple of this.</summary>
    public const int StrideBytes = 64;

    /// <summary>More than one query is computed in groups of this; buffers hold whole groups.</summary>
    public const int QueryGroup = 4;

    /// <summary>The fastest one that this processor runs.</summary>
    public static Int8Kernel Best { get; } =
        AvxVnniInt8Kernel.IsSupported ? new AvxVnniInt8Kernel()
        : Avx2Int8Kernel.IsSupported ? new Avx2Int8Kernel()
        : new PortableInt8Kernel();

    /// <summary>Largest magnitude of a query's component with which no intermediate overflows.</summary>
    public abstract int QueryLevels { get; }

    /// <summary>Computes a block.</summary>
    /// <param name="rows">[BlockRows, stride].</param>
    /// <param name="queries">[queryCount rounded up to QueryGroup, stride].</param>
    /// <param name="queryCount">1, or more.</param>
    /// <param name="stride">Bytes of a row.</param>
    /// <param name="dots">Takes [queryCount rounded up to QueryGroup, BlockRows].</param>
    public void Multiply(byte* rows, sbyte* queries, int queryCount, int stride, int* dots)
    {
        if (queryCount == 1)
            MultiplyOne(rows, queries, stride, dots);
        else
            MultiplyMany(rows, queries, queryCount, stride, dots);
    }

    /// <summary>[BlockRows, stride] by [stride].</summary>
    protected abstract void MultiplyOne(byte* rows, sbyte* query, int stride, int* dots);

    /// <summary>Two rows by a group of queries; a query's results lie <see cref="BlockRows"/> behind those of the one before.</summary>
    /// <param name="rows">[2, stride].</param>
    /// <param name="queries">[QueryGroup, stride].</param>
    /// <param name="stride">Bytes of a row.</param>
    /// <param name="dots">Takes the first query's two results.</param>
    protected abstract void MultiplyTile(byte* rows, sbyte* queries, int stride, int* dots);

    /// <summary>[BlockRows, stride] by [queryCount rounded up to QueryGroup, stride].</summary>
    /// <remarks>Two rows meet all queries before the next ones: the queries of a batch fit the first-level cache, a block of rows does
    /// not.</remarks>
    private void MultiplyMany(byte* rows, sbyte* queries, int queryCount, int stride, int* dots)
    {
        for (int row = 0; row < BlockRows; row += 2)
        {
            byte* pair = rows + row * stride;
            Prefetch(pair + 2 * stride, 2 * stride);
            for (int query = 0; query < queryCount; query += QueryGroup)
                MultiplyTile(pair, queries + query * stride, stride, dots + query * BlockRows + row);
        }
    }

    /// <summary>
    /// Asks for rows before they are needed. Between two pairs of rows lie thousands of cycles of work, and the processor's own
    /// prefetching stops at the end of a page, so a batch would wait for memory at every eighth row. What lies behind the last row may be
    /// asked for too; that does nothing.
    /// </summary>
    private static void Prefetch(byte* rows, int length)
    {
        if (!Sse.IsSupported)
            return;
        for (int i = 0; i < length; i += CacheLine)
            Sse.Prefetch0(rows + i);
    }

    private const int CacheLine = 64;
}
