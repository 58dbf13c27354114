using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Semblance.Gallery.Search.Kernels;

/// <summary>
/// Float32 inner products. Every pair of row and query is summed in the same order, alone or in a block: eight running sums, then those. So
/// equal vectors get equal scores everywhere, and the score of a search does not depend on the batch it came in.
/// </summary>
internal static unsafe class FloatKernel
{
    /// <summary>Rows of a block; whole blocks are always computed.</summary>
    public const int BlockRows = 64;

    /// <summary>Components of a row are a multiple of this.</summary>
    public const int StrideComponents = 8;

    /// <summary>More than one query is computed in groups of this; buffers hold whole groups.</summary>
    public const int QueryGroup = 4;

    /// <summary>One inner product.</summary>
    public static float Dot(float* row, float* query, int stride)
    {
        Vector256<float> sum = default;
        for (int i = 0; i < stride; i += StrideComponents)
            sum = Vector256.FusedMultiplyAdd(Vector256.Load(row + i), Vector256.Load(query + i), sum);
        return Vector256.Sum(sum);
    }

    /// <summary>Computes a block.</summary>
    /// <param name="rows">[BlockRows, stride].</param>
    /// <param name="queries">[queryCount rounded up to QueryGroup, stride].</param>
    /// <param name="queryCount">1, or more.</param>
    /// <param name="stride">Components of a row.</param>
    /// <param name="dots">Takes [queryCount rounded up to QueryGroup, BlockRows].</param>
    public static void Multiply(float* rows, float* queries, int queryCount, int stride, float* dots)
    {
        if (queryCount == 1)
        {
            MultiplyOne(rows, queries, stride, dots);
            return;
        }
        for (int query = 0; query < queryCount; query += QueryGroup)
            MultiplyGroup(rows, queries + query * stride, stride, dots + query * BlockRows);
    }

    private static void MultiplyOne(float* rows, float* query, int stride, float* dots)
    {
        for (int row = 0; row < BlockRows; row++, rows += stride)
            dots[row] = Dot(rows, query, stride);
    }

    private static void MultiplyGroup(float* rows, float* queries, int stride, float* dots)
    {
        float* query1 = queries + stride,
            query2 = query1 + stride,
            query3 = query2 + stride;
        for (int row = 0; row < BlockRows; row += 2)
        {
            float* first = rows + row * stride,
                second = first + stride;
            Vector256<float> a0 = default,
                a1 = default,
                a2 = default,
                a3 = default,
                b0 = default,
                b1 = default,
                b2 = default,
                b3 = default;
            for (int i = 0; i < stride; i += StrideComponents)
            {
                Vector256<float> a = Vector256.Load(first + i),
                    b = Vector256.Load(second + i);
                a0 = Add(queries + i, a, a0);
                b0 = Add(queries + i, b, b0);
                a1 = Add(query1 + i, a, a1);
                b1 = Add(query1 + i, b, b1);
                a2 = Add(query2 + i, a, a2);
                b2 = Add(query2 + i, b, b2);
                a3 = Add(query3 + i, a, a3);
                b3 = Add(query3 + i, b, b3);
            }
            float* target = dots + row;
            (target[0], target[1]) = (Vector256.Sum(a0), Vector256.Sum(b0));
            (target[BlockRows], target[BlockRows + 1]) = (Vector256.Sum(a1), Vector256.Sum(b1));
            (target[2 * BlockRows], target[2 * BlockRows + 1]) = (Vector256.Sum(a2), Vector256.Sum(b2));
            (target[3 * BlockRows], target[3 * BlockRows + 1]) = (Vector256.Sum(a3), Vector256.Sum(b3));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Add(float* values, Vector256<float> factor, Vector256<float> sum) =>
        Vector256.FusedMultiplyAdd(Vector256.Load(values), factor, sum);
}
