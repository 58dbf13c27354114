using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Semblance.Gallery.Search.Kernels;

/// <summary>
/// AVX2: <c>vpmaddubsw</c> adds two products of bytes in 16 bits. Queries have 6 bits, so that two such sums still fit (2 · 2 · 255 · 31 =
/// 31,620) and three multiplications serve 64 products instead of four; the coarser query costs some more rows to be looked at again.
/// </summary>
internal sealed unsafe class Avx2Int8Kernel : Int8Kernel
{
    private const int Width = 32;

    public static bool IsSupported => Avx2.IsSupported;

    public override int QueryLevels => 31;

    /// <remarks>One row after the other: the processor fetches a single stream ahead far better than two that take turns.</remarks>
    protected override void MultiplyOne(byte* rows, sbyte* query, int stride, int* dots)
    {
        Vector256<short> ones = Vector256<short>.One;
        for (int row = 0; row < BlockRows; row++, rows += stride)
        {
            Vector256<int> sum = default;
            for (int i = 0; i < stride; i += 2 * Width)
                sum += Products(
                    Vector256.Load(rows + i),
                    Vector256.Load(rows + i + Width),
                    Vector256.Load(query + i),
                    Vector256.Load(query + i + Width),
                    ones
                );
            dots[row] = Vector256.Sum(sum);
        }
    }

    protected override void MultiplyTile(byte* rows, sbyte* queries, int stride, int* dots)
    {
        Vector256<short> ones = Vector256<short>.One;
        byte* second = rows + stride;
        sbyte* query1 = queries + stride,
            query2 = query1 + stride,
            query3 = query2 + stride;
        Vector256<int> a0 = default,
            a1 = default,
            a2 = default,
            a3 = default,
            b0 = default,
            b1 = default,
            b2 = default,
            b3 = default;
        for (int i = 0; i < stride; i += 2 * Width)
        {
            Vector256<byte> aLow = Vector256.Load(rows + i),
                aHigh = Vector256.Load(rows + i + Width);
            Vector256<byte> bLow = Vector256.Load(second + i),
                bHigh = Vector256.Load(second + i + Width);
            Vector256<sbyte> low = Vector256.Load(queries + i),
                high = Vector256.Load(queries + i + Width);
            a0 += Products(aLow, aHigh, low, high, ones);
            b0 += Products(bLow, bHigh, low, high, ones);
            (low, high) = (Vector256.Load(query1 + i), Vector256.Load(query1 + i + Width));
            a1 += Products(aLow, aHigh, low, high, ones);
            b1 += Products(bLow, bHigh, low, high, ones);
            (low, high) = (Vector256.Load(query2 + i), Vector256.Load(query2 + i + Width));
            a2 += Products(aLow, aHigh, low, high, ones);
            b2 += Products(bLow, bHigh, low, high, ones);
            (low, high) = (Vector256.Load(query3 + i), Vector256.Load(query3 + i + Width));
            a3 += Products(aLow, aHigh, low, high, ones);
            b3 += Products(bLow, bHigh, low, high, ones);
        }
        (dots[0], dots[1]) = (Vector256.Sum(a0), Vector256.Sum(b0));
        (dots[BlockRows], dots[BlockRows + 1]) = (Vector256.Sum(a1), Vector256.Sum(b1));
        (dots[2 * BlockRows], dots[2 * BlockRows + 1]) = (Vector256.Sum(a2), Vector256.Sum(b2));
        (dots[3 * BlockRows], dots[3 * BlockRows + 1]) = (Vector256.Sum(a3), Vector256.Sum(b3));
    }

    /// <summary>Sums of eight products each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(
        Vector256<byte> rowLow,
        Vector256<byte> rowHigh,
        Vector256<sbyte> low,
        Vector256<sbyte> high,
        Vector256<short> ones
    ) => Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(rowLow, low) + Avx2.MultiplyAddAdjacent(rowHigh, high), ones);
}
