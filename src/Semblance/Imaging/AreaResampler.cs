using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Semblance.Imaging;

/// <summary>
/// Resizes straight into a network's input by adaptive average pooling, as torch's <c>interpolate(mode="area")</c>: output cell i of n
/// covers the input rows floor(i H / n) to ceil((i + 1) H / n) - 1, all with the same weight; it also enlarges. Sums are exact integers.
/// </summary>
internal static class AreaResampler
{
    /// <summary>Sums of 8-bit pixels stay exact in 32 bits up to windows of this many pixels.</summary>
    private const long LargestWindow = int.MaxValue / 255;

    /// <summary>Writes the planes of one region: 3 x outHeight x outWidth normalised values.</summary>
    /// <param name="source">Any format.</param>
    /// <param name="left">First column of the region; the region may reach outside the source.</param>
    /// <param name="top">First row.</param>
    /// <param name="width">Columns of the region.</param>
    /// <param name="height">Rows of the region.</param>
    /// <param name="outWidth">Columns of the result.</param>
    /// <param name="outHeight">Rows of the result.</param>
    /// <param name="layout">Order and normalisation; its PadValue stands outside the source.</param>
    /// <param name="destination">At least 3 * outHeight * outWidth values; planes follow one another.</param>
    /// <exception cref="ArgumentException">A size is not positive, the destination too short, or a window has more than 8.4 million
    /// pixels.</exception>
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
    ) => ResizeRows(source, left, top, width, height, outWidth, outHeight, 0, outHeight, layout, destination);

    /// <summary>Writes some rows of what <see cref="Resize"/> gives: 3 x rows x outWidth values.</summary>
    /// <inheritdoc cref="Resize"/>
    /// <param name="firstRow">First row of the result that is wanted.</param>
    /// <param name="rows">How many.</param>
    public static unsafe void ResizeRows(
        in PixelView source,
        int left,
        int top,
        int width,
        int height,
        int outWidth,
        int outHeight,
        int firstRow,
        int rows,
        in TensorLayout layout,
        Span<float> destination
    )
    {
        ResampleRegion.Check(width, height, outWidth, rows, destination.Length);
        if (firstRow < 0 || firstRow + rows > outHeight)
            throw new ArgumentException($"Rows {firstRow} to {firstRow + rows - 1} are not all in 0 to {outHeight - 1}.");
        if ((long)AreaWindows.Longest(width, outWidth) * AreaWindows.Longest(height, outHeight) > LargestWindow)
            throw new ArgumentException($"A cell of {outWidth} x {outHeight} out of {width} x {height} pixels averages too many.");

        int insideLeft = Math.Max(left, 0),
            columns = Math.Min(left + width, source.Width) - insideLeft;
        bool padded = layout.PadValue != 0 && (left < 0 || top < 0 || left + width > source.Width || top + height > source.Height);
        if (columns < 0)
            columns = 0;

        int step = source.BytesPerPixel,
            bytes = columns * step;
        Workspace work = new(outWidth, columns, bytes);
        byte[] rented = ArrayPool<byte>.Shared.Rent(work.Bytes);
        try
        {
            fixed (byte* memory = rented)
            fixed (float* planes = destination)
            {
                Window* windows = (Window*)(memory + work.WindowsAt);
                ushort* rowSums = (ushort*)(memory + work.RowSumsAt);
                Vector128<int>* prefix = (Vector128<int>*)memory;
                AreaWindows.Fill(new(windows, outWidth), left, width, insideLeft, columns);
                ReadOnlySpan<byte> pixels = source.Memory.Span;
                PlaneWriter writer = new(planes, (nint)outWidth * rows, layout, layout.Lanes(source), padded);

                for (int y = 0; y < rows; y++)
                {
                    (int first, int end) = AreaWindows.Of(firstRow + y, height, outHeight);
                    int firstInside = Math.Clamp(first + top, 0, source.Height),
                        endInside = Math.Clamp(end + top, 0, source.Height);
                    SumRows(pixels, source.Stride, insideLeft * step, firstInside, endInside, new(rowSums, bytes), prefix, columns, step);
                    float weight = 1f / (end - first);
                    writer.WriteRow((nint)y * outWidth, new(windows, outWidth), prefix, weight, (endInside - firstInside) * weight);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>prefix[x] = per channel the sum of all pixels of the rows before column x.</summary>
    private static unsafe void SumRows(
        ReadOnlySpan<byte> pixels,
        int stride,
        int offset,
        int first,
        int end,
        Span<ushort> rowSums,
        Vector128<int>* prefix,
        int columns,
        int step
    )
    {
        if (first >= end || columns == 0)
        {
            new Span<Vector128<int>>(prefix, columns + 1).Clear();
            return;
        }
        for (int row = first; row < end; row += RowSums.MaxRows)
        {
            RowSums.Add(pixels[(row * stride + offset)..], stride, Math.Min(RowSums.MaxRows, end - row), rowSums.Length, rowSums);
            fixed (ushort* sums = rowSums)
            {
                if (row == first)
                    AddUp(sums, prefix, columns, step);
                else
                    AddUpOnTop(sums, prefix, columns, step);
            }
        }
    }

    private static unsafe void AddUp(ushort* sums, Vector128<int>* prefix, int columns, int step)
    {
        Vector128<int> running = Vector128<int>.Zero;
        *prefix = running;
        for (int x = 0; x < columns; x++, sums += step)
        {
            running += RowSums.Widen(sums);
            *++prefix = running;
        }
    }

    private static unsafe void AddUpOnTop(ushort* sums, Vector128<int>* prefix, int columns, int step)
    {
        Vector128<int> running = Vector128<int>.Zero;
        for (int x = 0; x < columns; x++, sums += step)
        {
            running += RowSums.Widen(sums);
            *++prefix += running;
        }
    }

    /// <summary>Where the parts of the rented block begin: the prefix sums, the windows, the sums of rows.</summary>
    private readonly ref struct Workspace(int outWidth, int columns, int rowBytes)
    {
        public int WindowsAt => (columns + 1) * Unsafe.SizeOf<Vector128<int>>();

        public int RowSumsAt => WindowsAt + outWidth * Unsafe.SizeOf<Window>();

        public int Bytes => RowSumsAt + (rowBytes + RowSums.Padding) * sizeof(ushort);
    }
}
