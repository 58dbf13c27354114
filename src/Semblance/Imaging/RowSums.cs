using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Semblance.Imaging;

/// <summary>Adds rows of bytes, column by column, exactly.</summary>
internal static class RowSums
{
    /// <summary>257 x 255 = 65,535: more rows could overflow 16 bits.</summary>
    public const int MaxRows = 257;

    /// <summary>Sums that callers of <see cref="Widen"/> need beyond the last, since it reads four.</summary>
    public const int Padding = 4;

    /// <summary>sums[i] = the sum of byte i over all rows.</summary>
    /// <param name="source">Starts at the first byte of the first row.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="rows">1 to <see cref="MaxRows"/>.</param>
    /// <param name="length">Bytes of a row that are added.</param>
    /// <param name="sums">At least <paramref name="length"/>.</param>
    public static void Add(ReadOnlySpan<byte> source, int stride, int rows, int length, Span<ushort> sums)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MaxRows);
        ReadOnlySpan<byte> needed = source[..((rows - 1) * stride + length)];
        ref byte from = ref MemoryMarshal.GetReference(needed);
        ref ushort to = ref MemoryMarshal.GetReference(sums[..length]);
        nuint i = 0,
            end = (nuint)length;
        for (; i + 32 <= end; i += 32)
        {
            Vector256<ushort> low = default,
                high = default;
            nuint offset = i;
            for (int r = 0; r < rows; r++, offset += (nuint)stride)
            {
                (Vector256<ushort> l, Vector256<ushort> h) = Vector256.Widen(Vector256.LoadUnsafe(ref from, offset));
                low += l;
                high += h;
            }
            low.StoreUnsafe(ref to, i);
            high.StoreUnsafe(ref to, i + 16);
        }
        for (; i < end; i++)
        {
            uint sum = 0;
            for (int r = 0; r < rows; r++)
                sum += Unsafe.Add(ref from, i + (nuint)r * (nuint)stride);
            Unsafe.Add(ref to, i) = (ushort)sum;
        }
    }

    /// <summary>Four neighbouring sums as 32-bit lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector128<int> Widen(ushort* sums) =>
        Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)sums).AsUInt16()).AsInt32();
}
