using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Semblance.Imaging;

namespace Semblance.Alignment;

/// <summary>
/// Interpolates eight pixels whose neighbours all lie inside the image. Two neighbours of a row are read at once (eight bytes), spread to
/// 16 bits with equal channels side by side, and multiplied and added in pairs.
/// </summary>
internal readonly unsafe ref struct WarpBlock
{
    public const int Pixels = 8;

    private const int One = 1 << WarpGrid.WeightBits;
    private const int BytesRead = 8;

    private readonly byte* _memory;
    private readonly int _stride;
    private readonly int _step;
    private readonly Vector256<int> _lastColumn;
    private readonly Vector256<int> _lastRow;
    private readonly Vector256<int> _lastOffset;
    private readonly Vector256<byte> _spread;

    /// <param name="source">The image.</param>
    /// <param name="memory">Its memory, which does not move.</param>
    /// <param name="length">Bytes of it: nothing beyond is read.</param>
    public WarpBlock(in PixelView source, byte* memory, int length)
    {
        _memory = memory;
        (_stride, _step) = (source.Stride, source.BytesPerPixel);
        _lastColumn = Vector256.Create(source.Width - 2);
        _lastRow = Vector256.Create(source.Height - 2);
        _lastOffset = Vector256.Create(length - BytesRead - source.Stride);
        (int red, int green, int blue) = source.ChannelOffsets;
        const byte Zero = 0x80;
        Vector128<byte> spread = Vector128.Create(
            (byte)red, Zero, (byte)(red + _step), Zero, (byte)green, Zero, (byte)(green + _step), Zero,
            (byte)blue, Zero, (byte)(blue + _step), Zero, Zero, Zero, Zero, Zero);
        _spread = Vector256.Create(spread, spread);
    }

    /// <summary>Writes 24 bytes, or nothing and false when a neighbour is outside or too near the end of the memory.</summary>
    public bool TryWrite(Vector256<float> x, Vector256<float> y, byte* rgb)
    {
        Vector256<float> floorX = Vector256.Floor(x), floorY = Vector256.Floor(y);
        Vector256<int> column = Vector256.ConvertToInt32Native(floorX), row = Vector256.ConvertToInt32Native(floorY);
        if (Vector256.LessThanAny(Vector256.Min(column, row), Vector256<int>.Zero)
            || Vector256.GreaterThanAny(column, _lastColumn) || Vector256.GreaterThanAny(row, _lastRow)) return false;
        Vector256<int> offset = row * _stride + column * _step;
        if (Vector256.GreaterThanAny(offset, _lastOffset)) return false;

        Vector256<float> fx = x - floorX, fy = y - floorY, both = fx * fy, half = Vector256.Create(0.5f);
        Vector256<int> right = Vector256.ConvertToInt32Native((fx - both) * One + half), below = Vector256.ConvertToInt32Native((fy - both) * One + half);
        Vector256<int> diagonal = Vector256.ConvertToInt32Native(both * One + half), here = Vector256.Create(One) - right - below - diagonal;

        int* offsets = stackalloc int[Pixels];
        ulong* weights = stackalloc ulong[2 * Pixels];
        offset.Store(offsets);
        // Two 16-bit weights in each 32-bit lane: this column's in the low half, the right neighbour's in the high half.
        Pair(here, right).Store((int*)weights);
        Pair(below, diagonal).Store((int*)weights + Pixels);

        Vector128<byte> low = Four(offsets, (int*)weights), high = Four(offsets + 4, (int*)weights + 4);
        low.GetLower().Store(rgb);
        *(uint*)(rgb + 8) = low.AsUInt32()[2];
        high.GetLower().Store(rgb + 12);
        *(uint*)(rgb + 20) = high.AsUInt32()[2];
        return true;
    }

    private static Vector256<int> Pair(Vector256<int> low, Vector256<int> high) => low & Vector256.Create(0xFFFF) | high << 16;

    /// <summary>Four pixels as twelve bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Four(int* offsets, int* weights)
    {
        Vector128<int> a = One4(offsets[0], weights[0], weights[Pixels]), b = One4(offsets[1], weights[1], weights[1 + Pixels]);
        Vector128<int> c = One4(offsets[2], weights[2], weights[2 + Pixels]), d = One4(offsets[3], weights[3], weights[3 + Pixels]);
        Vector128<byte> packed = Sse2.PackUnsignedSaturate(Sse2.PackSignedSaturate(a, b), Sse2.PackSignedSaturate(c, d));
        return Ssse3.Shuffle(packed, Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0x80, 0x80, 0x80, 0x80));
    }

    /// <summary>One pixel as red, green, blue and a lane to ignore.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<int> One4(int offset, int upperWeights, int lowerWeights)
    {
        byte* p = _memory + offset;
        Vector128<byte> upper = Vector128.CreateScalar(*(ulong*)p).AsByte(), lower = Vector128.CreateScalar(*(ulong*)(p + _stride)).AsByte();
        Vector256<short> spread = Avx2.Shuffle(Vector256.Create(upper, lower), _spread).AsInt16();
        Vector256<short> weights = Vector256.Create(Vector128.Create(upperWeights), Vector128.Create(lowerWeights)).AsInt16();
        Vector256<int> products = Avx2.MultiplyAddAdjacent(spread, weights);
        return (products.GetLower() + products.GetUpper() + Vector128.Create(One / 2)) >> WarpGrid.WeightBits;
    }
}
