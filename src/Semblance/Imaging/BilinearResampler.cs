using System.Buffers;
using System.Numerics;

namespace Semblance.Imaging;

/// <summary>
/// Resizes straight into a network's input by bilinear interpolation with half-pixel centres, as OpenCV's INTER_LINEAR and torch's
/// <c>align_corners=False</c>: for enlarging, since it does not average what lies between its samples.
/// </summary>
internal static class BilinearResampler
{
    /// <summary>Writes the planes of one region; arguments as in <see cref="AreaResampler.Resize"/>. Samples beyond the region's border
    /// repeat it.</summary>
    /// <exception cref="ArgumentException">A size is not positive or the destination too short.</exception>
    public static void Resize(
        in PixelView source,
        int left,
        int top,
        int width,
        int height,
        int outWidth,
        int outHeight,
        in TensorLayout layout,
        Span<float> destination
    )
    {
        ResampleRegion.Check(width, height, outWidth, outHeight, destination.Length);
        Vector4[] rows = ArrayPool<Vector4>.Shared.Rent(2 * outWidth);
        try
        {
            Span<Vector4> upper = rows.AsSpan(0, outWidth),
                lower = rows.AsSpan(outWidth, outWidth);
            int upperRow = -1,
                lowerRow = -1;
            Vector4 scale = new(layout.Scale, 0),
                offset = new(-layout.Mean * layout.Scale, 0);
            int plane = outWidth * outHeight;
            for (int y = 0; y < outHeight; y++)
            {
                (int row0, int row1, float fraction) = Taps(y, height, outHeight);
                if (row0 == lowerRow)
                {
                    Span<Vector4> reused = upper;
                    upper = lower;
                    upperRow = lowerRow;
                    lower = reused;
                    lowerRow = -1;
                }
                if (row0 != upperRow)
                    InterpolateRow(source, left, top + row0, width, layout, upper);
                upperRow = row0;
                if (row1 != lowerRow)
                    InterpolateRow(source, left, top + row1, width, layout, lower);
                lowerRow = row1;
                int at = y * outWidth;
                for (int x = 0; x < outWidth; x++, at++)
                {
                    Vector4 value = (upper[x] + (lower[x] - upper[x]) * fraction) * scale + offset;
                    destination[at] = value.X;
                    destination[at + plane] = value.Y;
                    destination[at + 2 * plane] = value.Z;
                }
            }
        }
        finally
        {
            ArrayPool<Vector4>.Shared.Return(rows);
        }
    }

    /// <summary>The two input positions between which an output cell's centre lies, and how far it is towards the second.</summary>
    private static (int First, int Second, float Fraction) Taps(int index, int size, int count)
    {
        double position = Math.Clamp((index + 0.5) * size / count - 0.5, 0, size - 1);
        int first = (int)position;
        return (first, Math.Min(first + 1, size - 1), (float)(position - first));
    }

    private static void InterpolateRow(in PixelView source, int left, int y, int width, in TensorLayout layout, Span<Vector4> row)
    {
        if (y < 0 || y >= source.Height)
        {
            row.Fill(new Vector4(layout.PadValue));
            return;
        }
        ReadOnlySpan<byte> pixels = source.Row(y);
        int step = source.BytesPerPixel;
        (int lane0, int lane1, int lane2) = layout.Lanes(source);
        Vector4 padding = new(layout.PadValue);
        for (int x = 0; x < row.Length; x++)
        {
            (int first, int second, float fraction) = Taps(x, width, row.Length);
            Vector4 a = Pixel(pixels, left + first),
                b = Pixel(pixels, left + second);
            row[x] = a + (b - a) * fraction;
        }

        Vector4 Pixel(ReadOnlySpan<byte> bytes, int column)
        {
            int at = column * step;
            return column < 0 || at >= bytes.Length ? padding : new Vector4(bytes[at + lane0], bytes[at + lane1], bytes[at + lane2], 0);
        }
    }
}
