using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Semblance.Gallery.Search.Kernels;

/// <summary>AVX-VNNI: <c>vpdpbusd</c> adds four products of bytes straight into 32 bits, so queries keep all 8 bits.</summary>
internal sealed unsafe class AvxVnniInt8Kernel : Int8Kernel
{
    private const int Width = 32;

    public static bool IsSupported => AvxVnni.IsSupported;

    public override int QueryLevels => 127;

    protected override void MultiplyOne(byte* rows, sbyte* query, int stride, int* dots)
    {
        for (int row = 0; row < BlockRows; row++, rows += stride)
        {
            Vector256<int> low = default,
                high = default;
            for (int i = 0; i < stride; i += 2 * Width)
            {
                low = AvxVnni.MultiplyWideningAndAdd(low, Vector256.Load(rows + i), Vector256.Load(query + i));
                high = AvxVnni.MultiplyWideningAndAdd(high, Vector256.Load(rows + i + Width), Vector256.Load(query + i + Width));
            }
            dots[row] = Vector256.Sum(low + high);
        }
    }

    protected override void MultiplyTile(byte* rows, sbyte* queries, int stride, int* dots)
    {
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
        for (int i = 0; i < stride; i += Width)
        {
            Vector256<byte> a = Vector256.Load(rows + i),
                b = Vector256.Load(second + i);
            Vector256<sbyte> part = Vector256.Load(queries + i);
            (a0, b0) = (AvxVnni.MultiplyWideningAndAdd(a0, a, part), AvxVnni.MultiplyWideningAndAdd(b0, b, part));
            part = Vector256.Load(query1 + i);
            (a1, b1) = (AvxVnni.MultiplyWideningAndAdd(a1, a, part), AvxVnni.MultiplyWideningAndAdd(b1, b, part));
            part = Vector256.Load(query2 + i);
            (a2, b2) = (AvxVnni.MultiplyWideningAndAdd(a2, a, part), AvxVnni.MultiplyWideningAndAdd(b2, b, part));
            part = Vector256.Load(query3 + i);
            (a3, b3) = (AvxVnni.MultiplyWideningAndAdd(a3, a, part), AvxVnni.MultiplyWideningAndAdd(b3, b, part));
        }
        (dots[0], dots[1]) = (Vector256.Sum(a0), Vector256.Sum(b0));
        (dots[BlockRows], dots[BlockRows + 1]) = (Vector256.Sum(a1), Vector256.Sum(b1));
        (dots[2 * BlockRows], dots[2 * BlockRows + 1]) = (Vector256.Sum(a2), Vector256.Sum(b2));
        (dots[3 * BlockRows], dots[3 * BlockRows + 1]) = (Vector256.Sum(a3), Vector256.Sum(b3));
    }
}
