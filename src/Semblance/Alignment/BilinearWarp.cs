using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Semblance.Imaging;

namespace Semblance.Alignment;

/// <summary>
/// Bilinear sampling along a similarity: the value of a crop pixel is interpolated from the four source pixels around the point it maps to;
/// outside the picture is black. The vector path gathers eight pixels at a time and gives the same bytes as the scalar one.
/// </summary>
internal static class BilinearWarp
{
    private const int FractionBits = 8;
    private const int One = 1 << FractionBits;

    /// <summary>Fills a square RGB crop.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="toSource">From crop pixels to source pixels.</param>
    /// <param name="size">Side of the crop.</param>
    /// <param name="crop">[size, size, 3].</param>
    /// <param name="allowVectors">False forces the scalar path.</param>
    public static void Warp(PixelView source, SimilarityTransform toSource, int size, Span<byte> crop, bool allowVectors = true)
    {
        bool vectors = allowVectors && Avx2.IsSupported && source.BytesPerPixel != 1;
        for (int y = 0; y < size; y++)
        {
            // Rows start in double precision, so that far corners of large pictures stay exact; steps within a row are small.
            float x0 = (float)(-toSource.B * y + toSource.Tx), y0 = (float)(toSource.A * y + toSource.Ty);
            Span<byte> row = crop.Slice(3 * size * y, 3 * size);
            int done = vectors ? WarpRowAvx2(source, x0, y0, (float)toSource.A, (float)toSource.B, row) : 0;
            for (int x = done; x < size; x++) Sample(source, x0 + (float)toSource.A * x, y0 + (float)toSource.B * x, row.Slice(3 * x, 3));
        }
    }

    private static void Sample(PixelView source, float x, float y, Span<byte> rgb)
    {
        float floorX = MathF.Floor(x), floorY = MathF.Floor(y);
        // Written so that NaN is outside, too.
        if (!(floorX >= -1 && floorY >= -1 && floorX < source.Width && floorY < source.Height))
        {
            rgb.Clear();
            return;
        }
        int left = (int)floorX, top = (int)floorY;
        int fx = (int)((x - floorX) * One + 0.5f), fy = (int)((y - floorY) * One + 0.5f);
        (int red, int green, int blue) = source.ChannelOffsets;
        ReadOnlySpan<int> offsets = [red, green, blue];
        for (int c = 0; c < 3; c++)
        {
            int upper = Value(left, top, offsets[c]) * (One - fx) + Value(left + 1, top, offsets[c]) * fx;
            int lower = Value(left, top + 1, offsets[c]) * (One - fx) + Value(left + 1, top + 1, offsets[c]) * fx;
            rgb[c] = (byte)((upper * (One - fy) + lower * fy + (1 << (2 * FractionBits - 1))) >> (2 * FractionBits));
        }

        int Value(int px, int py, int offset) => (uint)px < (uint)source.Width && (uint)py < (uint)source.Height
            ? source.Memory.Span[py * source.Stride + px * source.BytesPerPixel + offset]
            : 0;
    }

    /// <summary>Warps as many pixels of a row as lie whole in the picture, eight at a time; stops at the first group that does not.</summary>
    /// <returns>How many pixels were written; a multiple of eight. Groups that touch the border are done by the scalar path in place.</returns>
    private static unsafe int WarpRowAvx2(PixelView source, float x0, float y0, float stepX, float stepY, Span<byte> row)
    {
        const int Lanes = 8;
        int size = row.Length / 3, step = source.BytesPerPixel;
        (int red, int green, int blue) = source.ChannelOffsets;
        ReadOnlySpan<byte> pixels = source.Memory.Span;
        // A gather reads four bytes at each pixel; for three-byte pixels the last one of the picture would read past its end.
        int lastColumn = source.Width - 2, lastRow = source.Height - 2 - (step == 3 ? 1 : 0);
        Vector256<float> lane = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        Vector256<int> one = Vector256.Create(One), half = Vector256.Create(1 << (2 * FractionBits - 1));
        Vector256<int> low = Vector256.Create(0xFF);
        fixed (byte* start = pixels)
        {
            int x = 0;
            for (; x <= size - Lanes; x += Lanes)
            {
                Vector256<float> column = lane + Vector256.Create((float)x);
                Vector256<float> sx = Vector256.Create(x0) + Vector256.Create(stepX) * column;
                Vector256<float> sy = Vector256.Create(y0) + Vector256.Create(stepY) * column;
                Vector256<float> floorX = Vector256.Floor(sx), floorY = Vector256.Floor(sy);
                Vector256<int> left = Avx.ConvertToVector256Int32WithTruncation(floorX), top = Avx.ConvertToVector256Int32WithTruncation(floorY);
                Vector256<int> outside = Vector256.LessThan(left, Vector256<int>.Zero) | Vector256.LessThan(top, Vector256<int>.Zero)
                    | Vector256.GreaterThan(left, Vector256.Create(lastColumn)) | Vector256.GreaterThan(top, Vector256.Create(lastRow));
                if (outside != Vector256<int>.Zero)
                {
                    for (int i = x; i < x + Lanes; i++) Sample(source, x0 + stepX * i, y0 + stepY * i, row.Slice(3 * i, 3));
                    continue;
                }
                Vector256<int> fx = Avx.ConvertToVector256Int32WithTruncation((sx - floorX) * One + Vector256.Create(0.5f));
                Vector256<int> fy = Avx.ConvertToVector256Int32WithTruncation((sy - floorY) * One + Vector256.Create(0.5f));
                Vector256<int> gx = one - fx, gy = one - fy;
                Vector256<int> offset = top * source.Stride + left * step;
                Vector256<int> a = Avx2.GatherVector256((int*)start, offset, 1), b = Avx2.GatherVector256((int*)(start + step), offset, 1);
                Vector256<int> c = Avx2.GatherVector256((int*)(start + source.Stride), offset, 1), d = Avx2.GatherVector256((int*)(start + source.Stride + step), offset, 1);
                Vector256<int> r = Channel(red), g = Channel(green), bl = Channel(blue);
                Store(r | (g << 8) | (bl << 16), row, x);

                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                Vector256<int> Channel(int byteOffset)
                {
                    int shift = 8 * byteOffset;
                    Vector256<int> upper = (Vector256.ShiftRightLogical(a, shift) & low) * gx + (Vector256.ShiftRightLogical(b, shift) & low) * fx;
                    Vector256<int> lower = (Vector256.ShiftRightLogical(c, shift) & low) * gx + (Vector256.ShiftRightLogical(d, shift) & low) * fx;
                    return Vector256.ShiftRightLogical(upper * gy + lower * fy + half, 2 * FractionBits);
                }
            }
            return x;
        }
    }

    /// <summary>Packs eight 32-bit RGB0 values into 24 bytes.</summary>
    private static void Store(Vector256<int> rgb, Span<byte> row, int x)
    {
        Vector256<byte> packed = Avx2.Shuffle(rgb.AsByte(), Vector256.Create(
            0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0x80, 0x80, 0x80, 0x80,
            0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0x80, 0x80, 0x80, 0x80));
        ref byte target = ref MemoryMarshal.GetReference(row.Slice(3 * x, 24));
        StoreTwelve(packed.GetLower(), ref target);
        StoreTwelve(packed.GetUpper(), ref Unsafe.Add(ref target, 12));
    }

    private static void StoreTwelve(Vector128<byte> bytes, ref byte target)
    {
        Unsafe.WriteUnaligned(ref target, bytes.AsUInt64()[0]);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 8), bytes.AsUInt32()[2]);
    }
}
