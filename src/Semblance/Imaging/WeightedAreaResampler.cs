using System.Buffers;
using System.Numerics;

namespace Semblance.Imaging;

/// <summary>
/// Shrinks straight into a network's input by the mean over each cell's exact area, pixels at its rim counted by their share, rounded to
/// whole grey levels: as OpenCV's INTER_AREA does. Slower than <see cref="AreaResampler"/>, whose cells are of whole pixels.
/// </summary>
internal static class WeightedAreaResampler
{
    /// <summary>Writes the planes of one region; arguments as in <see cref="AreaResampler.Resize"/>.</summary>
    /// <exception cref="ArgumentException">A size is not positive, the destination too short, or the result larger than the
    /// region.</exception>
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
        if (outWidth > width || outHeight > height)
            throw new ArgumentException($"{width} x {height} pixels cannot be shrunk to {outWidth} x {outHeight}.");
        Vector4[] rows = ArrayPool<Vector4>.Shared.Rent(2 * outWidth);
        try
        {
            Span<Vector4> sum = rows.AsSpan(0, outWidth),
                row = rows.AsSpan(outWidth, outWidth);
            Vector4 scale = new(layout.Scale, 0),
                offset = new(-layout.Mean * layout.Scale, 0);
            int plane = outWidth * outHeight;
            for (int y = 0; y < outHeight; y++)
            {
                sum.Clear();
                Cell cell = Cell.Of(y, height, outHeight);
                for (int source0 = cell.First; source0 < cell.End; source0++)
                {
                    ShrinkRow(source, left, top + source0, width, layout, row);
                    float weight = cell.WeightOf(source0);
                    for (int x = 0; x < outWidth; x++)
                        sum[x] += row[x] * weight;
                }
                for (int x = 0, at = y * outWidth; x < outWidth; x++, at++)
                {
                    Vector4 value = Vector4.Round(sum[x]) * scale + offset;
                    (destination[at], destination[at + plane], destination[at + 2 * plane]) = (value.X, value.Y, value.Z);
                }
            }
        }
        finally
        {
            ArrayPool<Vector4>.Shared.Return(rows);
        }
    }

    private static void ShrinkRow(in PixelView source, int left, int y, int width, in TensorLayout layout, Span<Vector4> row)
    {
        Vector4 padding = new(layout.PadValue);
        if (y < 0 || y >= source.Height)
        {
            row.Fill(padding);
            return;
        }
        ReadOnlySpan<byte> pixels = source.Row(y);
        int step = source.BytesPerPixel;
        (int lane0, int lane1, int lane2) = layout.Lanes(source);
        for (int x = 0; x < row.Length; x++)
        {
            Cell cell = Cell.Of(x, width, row.Length);
            Vector4 sum = Vector4.Zero;
            for (int column = cell.First; column < cell.End; column++)
            {
                int at = (left + column) * step;
                Vector4 pixel =
                    at < 0 || at >= pixels.Length ? padding : new(pixels[at + lane0], pixels[at + lane1], pixels[at + lane2], 0);
                sum += pixel * cell.WeightOf(column);
            }
            row[x] = sum;
        }
    }

    /// <summary>The pixels that a cell covers along one side, and their shares.</summary>
    private readonly record struct Cell(int First, int End, double Start, double Stop)
    {
        public static Cell Of(int index, int size, int count)
        {
            double start = (double)index * size / count,
                stop = (double)(index + 1) * size / count;
            return new((int)start, Math.Min(size, (int)Math.Ceiling(stop)), start, stop);
        }

        public float WeightOf(int pixel) => (float)((Math.Min(Stop, pixel + 1) - Math.Max(Start, pixel)) / (Stop - Start));
    }
}
