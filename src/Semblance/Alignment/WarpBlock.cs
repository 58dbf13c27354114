using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Semblance.Imaging;

namespace Semblance.Alignment;

/// <summary>
/// Interpolates eight pixels whose neighbours all lie inside the image. Two neighbours of a row are read at once, spread to
/// 16 bits with equal channels side by side, and multiplied and added in pairs, for two pixels in one instruction.
/// </summary>
internal readonly unsafe ref struct WarpBlock
{
    public const int Pixels = 8;

    private const int One = 1 << WarpGrid.WeightBits;

    /// <summary>Two neighbours need 8 bytes at most; 16 fill half a register in one instruction.</summary>
    private const int BytesRead = 16;

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
            (byte)red,
            Zero,
            (byte)(red + _step),
            Zero,
            (byte)green,
            Zero,
            (byte)(green + _step),
            Zero,
            (byte)blue,
            Zero,
            (byte)(blue + _step),
            Zero,
            Zero,
            Zero,
            Zero,
            Zero
        );
        _spread = Vector256.Create(spread, spread);
    }

    /// <summary>Writes 24 bytes, or nothing and false when a neighbour is outside or too near the end of the memory.</summary>
    public bool TryWrite(Vector256<float> x, Vector256<float> y, byte* rgb)
    {
        Vector256<float> floorX = Vector256.Floor(x),
            floorY = Vector256.Floor(y);
        Vector256<int> column = Vector256.ConvertToInt32Native(floorX),
            row = Vector256.ConvertToInt32Native(floorY);
        if (
            Vector256.LessThanAny(Vector256.Min(column, row), Vector256<int>.Zero)
            || Vector256.GreaterThanAny(column, _lastColumn)
            || Vector256.GreaterThanAny(row, _lastRow)
        )
            return false;
        Vector256<int> offset = row * _stride + column * _step;
        if (Vector256.GreaterThanAny(offset, _lastOffset))
            return false;

        Vector256<float> fx = x - floorX,
            fy = y - floorY,
            both = fx * fy,
            half = Vector256.Create(0.5f);
        Vector256<int> right = Vector256.ConvertToInt32Native((fx - both) * One + half),
            below = Vector256.ConvertToInt32Native((fy - both) * One + half);
        Vector256<int> diagonal = Vector256.ConvertToInt32Native(both * One + half),
            here = Vector256.Create(One) - right - below - diagonal;

        // Two 16-bit weights in each 32-bit lane: this column's in the low half, the right neighbour's in the high half.
        Vector256<int> upper = Pair(here, right),
            lower = Pair(below, diagonal);
        int* at = stackalloc int[Pixels];
        offset.Store(at);
        Vector256<int> a = Two(at[0], at[4], Avx2.Shuffle(upper, 0x00), Avx2.Shuffle(lower, 0x00));
        Vector256<int> b = Two(at[1], at[5], Avx2.Shuffle(upper, 0x55), Avx2.Shuffle(lower, 0x55));
        Vector256<int> c = Two(at[2], at[6], Avx2.Shuffle(upper, 0xAA), Avx2.Shuffle(lower, 0xAA));
        Vector256<int> d = Two(at[3], at[7], Avx2.Shuffle(upper, 0xFF), Avx2.Shuffle(lower, 0xFF));
        Store(Avx2.PackUnsignedSaturate(Avx2.PackSignedSaturate(a, b), Avx2.PackSignedSaturate(c, d)), rgb);
        return true;
    }

    private static Vector256<int> Pair(Vector256<int> low, Vector256<int> high) => low & Vector256.Create(0xFFFF) | high << 16;

    /// <summary>Two pixels, one in each half: red, green, blue and a lane to ignore.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Two(int first, int second, Vector256<int> upperWeights, Vector256<int> lowerWeights)
    {
        byte* p = _memory + first,
            q = _memory + second;
        Vector256<byte> upper = Vector256.Create(Vector128.Load(p), Vector128.Load(q));
        Vector256<byte> lower = Vector256.Create(Vector128.Load(p + _stride), Vector128.Load(q + _stride));
        Vector256<int> sum =
            Avx2.MultiplyAddAdjacent(Avx2.Shuffle(upper, _spread).AsInt16(), upperWeights.AsInt16())
            + Avx2.MultiplyAddAdjacent(Avx2.Shuffle(lower, _spread).AsInt16(), lowerWeights.AsInt16());
        return (sum + Vector256.Create(One / 2)) >> WarpGrid.WeightBits;
    }

    /// <summary>Drops every fourth byte: pixels 0 to 3 stand in the lower half, 4 to 7 in the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<byte> pixels, byte* rgb)
    {
        const byte Drop = 0x80;
        Vector128<byte> three = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, Drop, Drop, Drop, Drop);
        Vector256<byte> packed = Avx2.Shuffle(pixels, Vector256.Create(three, three));
        Vector128<byte> low = packed.GetLower(),
            high = packed.GetUpper();
        low.GetLower().Store(rgb);
        *(uint*)(rgb + 8) = low.AsUInt32()[2];
        high.GetLower().Store(rgb + 12);
        *(uint*)(rgb + 20) = high.AsUInt32()[2];
    }
}
