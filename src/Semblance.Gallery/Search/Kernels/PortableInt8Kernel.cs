using System.Numerics;
using System.Runtime.CompilerServices;

namespace Semblance.Gallery.Search.Kernels;

/// <summary>For processors without the instructions of the others.</summary>
internal sealed unsafe class PortableInt8Kernel : Int8Kernel
{
    /// <summary>255 · 127 fits a 16-bit product.</summary>
    public override int QueryLevels => 127;

    protected override void MultiplyOne(byte* rows, sbyte* query, int stride, int* dots)
    {
        for (int row = 0; row < BlockRows; row++)
            dots[row] = Dot(rows + row * stride, query, stride);
    }

    protected override void MultiplyTile(byte* rows, sbyte* queries, int stride, int* dots)
    {
        for (int query = 0; query < QueryGroup; query++, queries += stride, dots += BlockRows)
            (dots[0], dots[1]) = (Dot(rows, queries, stride), Dot(rows + stride, queries, stride));
    }

    private static int Dot(byte* row, sbyte* query, int stride)
    {
        Vector<int> sum = Vector<int>.Zero;
        for (int i = 0; i < stride; i += Vector<byte>.Count)
        {
            Vector.Widen(Unsafe.ReadUnaligned<Vector<byte>>(row + i), out Vector<ushort> rowLow, out Vector<ushort> rowHigh);
            Vector.Widen(Unsafe.ReadUnaligned<Vector<sbyte>>(query + i), out Vector<short> queryLow, out Vector<short> queryHigh);
            Vector.Widen(Vector.AsVectorInt16(rowLow) * queryLow, out Vector<int> a, out Vector<int> b);
            Vector.Widen(Vector.AsVectorInt16(rowHigh) * queryHigh, out Vector<int> c, out Vector<int> d);
            sum += a + b + (c + d);
        }
        return Vector.Sum(sum);
    }
}
