using System.Buffers;
using System.Runtime.Intrinsics;

namespace Semblance.Imaging;

/// <summary>Shrinks by a whole factor: every new pixel is the rounded mean of factor x factor pixels, fewer at the right and bottom
/// edge.</summary>
internal static class BoxReduction
{
    /// <summary>The largest factor: as many rows as <see cref="RowSums"/> adds without overflow.</summary>
    public const int LargestFactor = RowSums.MaxRows;

    /// <summary>Reduces a rectangle of the source; the rectangle must lie inside it.</summary>
    /// <param name="source">Any format.</param>
    /// <param name="left">First column.</param>
    /// <param name="top">First row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="factor">1 to <see cref="LargestFactor"/>.</param>
    /// <returns>ceil(width / factor) x ceil(height / factor) pixels of <see cref="PixelFormat.Rgbx32"/>, which the caller disposes
    /// of.</returns>
    public static (PixelView View, PixelBuffer Owner) Reduce(in PixelView source, int left, int top, int width, int height, int factor)
    {
        int newWidth = (width + factor - 1) / factor,
            newHeight = (height + factor - 1) / factor,
            step = source.BytesPerPixel;
        PixelBuffer buffer = new(newWidth * newHeight * 4);
        ushort[] sums = ArrayPool<ushort>.Shared.Rent(width * step + RowSums.Padding);
        try
        {
            ReadOnlySpan<byte> bytes = source.Memory.Span;
            Span<byte> target = buffer.GetSpan();
            for (int y = 0; y < newHeight; y++)
            {
                int first = y * factor,
                    rows = Math.Min(factor, height - first);
                RowSums.Add(bytes[((top + first) * source.Stride + left * step)..], source.Stride, rows, width * step, sums);
                AverageColumns(sums, width, step, factor, rows, source.ChannelOffsets, target.Slice(y * newWidth * 4, newWidth * 4));
            }
            return (buffer.View(newWidth, newHeight, PixelFormat.Rgbx32), buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(sums);
        }
    }

    private static unsafe void AverageColumns(
        ReadOnlySpan<ushort> sums,
        int width,
        int step,
        int factor,
        int rows,
        (int Red, int Green, int Blue) channel,
        Span<byte> target
    )
    {
        Vector128<int> lanes = Vector128.Create(channel.Red, channel.Green, channel.Blue, 3);
        Vector128<float> half = Vector128.Create(0.5f);
        fixed (ushort* start = sums)
        {
            for (int x = 0, at = 0; at < target.Length; x += factor, at += 4)
            {
                int columns = Math.Min(factor, width - x);
                ushort* p = start + x * step;
                Vector128<int> sum = Vector128<int>.Zero;
                for (int c = 0; c < columns; c++, p += step)
                    sum += RowSums.Widen(p);
                Vector128<float> mean = Vector128.ConvertToSingle(Vector128.Shuffle(sum, lanes)) * Vector128.Create(1f / (rows * columns));
                Vector128<int> rounded = Vector128.ConvertToInt32(mean + half);
                target[at] = (byte)rounded[0];
                target[at + 1] = (byte)rounded[1];
                target[at + 2] = (byte)rounded[2];
                target[at + 3] = 255;
            }
        }
    }
}
