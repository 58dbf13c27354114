using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Semblance.Imaging;

/// <summary>
/// Resizes by averaging: cell i of n covers the input from floor(i size / n) to ceil((i + 1) size / n) - 1, whole pixels with equal weight (torch's
/// adaptive average pooling, which MTCNN's official code uses). Also enlarges. Sums are exact integers; one multiplication follows.
/// </summary>
internal static class AreaResampler
{
    /// <summary>Rows of bytes whose sum still fits into 16 bits.</summary>
    private const int MaxRowsPerSum = 257;

    /// <summary>Resizes a region that may reach outside the picture.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="left">First column of the region.</param>
    /// <param name="top">First row of the region.</param>
    /// <param name="width">Columns of the region.</param>
    /// <param name="height">Rows of the region.</param>
    /// <param name="outWidth">Columns of the result.</param>
    /// <param name="outHeight">Rows of the result.</param>
    /// <param name="layout">How pixels become values.</param>
    /// <param name="destination">[3, outHeight, outWidth].</param>
    public static void Resize(
        PixelView source, int left, int top, int width, int height, int outWidth, int outHeight, in TensorLayout layout, Span<float> destination) =>
        ResizeRows(source, left, top, width, height, outWidth, outHeight, 0, outHeight, layout, destination);

    /// <summary>Resizes a region and gives some rows of the result.</summary>
    /// <inheritdoc cref="Resize"/>
    /// <param name="firstRow">First row of the result that is wanted.</param>
    /// <param name="rows">How many; the destination is [3, rows, outWidth].</param>
    public static void ResizeRows(
        PixelView source, int left, int top, int width, int height, int outWidth, int outHeight, int firstRow, int rows,
        in TensorLayout layout, Span<float> destination)
    {
        int insideLeft = Math.Clamp(left, 0, source.Width), insideRight = Math.Clamp(left + width, 0, source.Width);
        int bytes = (insideRight - insideLeft) * source.BytesPerPixel;
        // The horizontal sums load four values at a time and so may look beyond the last pixel.
        ushort[] columns = ArrayPool<ushort>.Shared.Rent(bytes + Vector256<ushort>.Count);
        int[] starts = ArrayPool<int>.Shared.Rent(2 * outWidth);
        uint[] sums = ArrayPool<uint>.Shared.Rent(4 * outWidth);
        try
        {
            Span<int> ends = starts.AsSpan(outWidth, outWidth);
            for (int i = 0; i < outWidth; i++) (starts[i], ends[i]) = (Start(i, width, outWidth) + left, End(i, width, outWidth) + left);
            Window window = new(source, insideLeft, insideRight, columns, starts.AsSpan(0, outWidth), ends, sums.AsSpan(0, 4 * outWidth));
            for (int row = 0; row < rows; row++)
            {
                int y0 = Start(firstRow + row, height, outHeight) + top, y1 = End(firstRow + row, height, outHeight) + top;
                window.Sum(Math.Clamp(y0, 0, source.Height), Math.Clamp(y1, 0, source.Height));
                window.Write(y0, y1, layout, destination, row, rows);
            }
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(columns);
            ArrayPool<int>.Shared.Return(starts);
            ArrayPool<uint>.Shared.Return(sums);
        }
    }

    private static int Start(int cell, int size, int cells) => (int)((long)cell * size / cells);

    private static int End(int cell, int size, int cells) => (int)(((long)(cell + 1) * size + cells - 1) / cells);

    /// <summary>One row of the result in the making.</summary>
    private readonly ref struct Window(
        PixelView source, int insideLeft, int insideRight, Span<ushort> columns, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, Span<uint> sums)
    {
        private readonly ReadOnlySpan<byte> _bytes = source.Memory.Span;
        private readonly int _step = source.BytesPerPixel;
        private readonly Span<ushort> _columns = columns;
        private readonly ReadOnlySpan<int> _starts = starts;
        private readonly ReadOnlySpan<int> _ends = ends;
        private readonly Span<uint> _sums = sums;

        /// <summary>Sums all pixels inside the picture under every cell, rows from y0 to y1.</summary>
        public void Sum(int y0, int y1)
        {
            _sums.Clear();
            if (insideRight <= insideLeft) return;
            for (int first = y0; first < y1; first += MaxRowsPerSum)
            {
                SumRows(first, Math.Min(y1, first + MaxRowsPerSum));
                SumCells();
            }
        }

        /// <summary>Writes the means of the row, pixels outside the picture included.</summary>
        public void Write(int y0, int y1, in TensorLayout layout, Span<float> destination, int row, int rows)
        {
            int insideRows = Math.Max(0, Math.Min(y1, source.Height) - Math.Max(y0, 0));
            (int red, int green, int blue) = source.ChannelOffsets;
            ReadOnlySpan<int> offsets = layout.Order == ChannelOrder.Rgb ? [red, green, blue] : [blue, green, red];
            int cells = _starts.Length;
            for (int plane = 0; plane < 3; plane++)
            {
                Span<float> target = destination.Slice((plane * rows + row) * cells, cells);
                float mean = layout.Mean(plane), scale = layout.Scale(plane);
                for (int i = 0; i < cells; i++)
                {
                    int columnCount = _ends[i] - _starts[i];
                    int insideColumns = Math.Max(0, Math.Min(_ends[i], insideRight) - Math.Max(_starts[i], insideLeft));
                    float count = (y1 - y0) * (float)columnCount;
                    float outside = count - (float)insideRows * insideColumns;
                    target[i] = ((_sums[4 * i + offsets[plane]] + outside * layout.PadValue) / count - mean) * scale;
                }
            }
        }

        private void SumRows(int y0, int y1)
        {
            int length = (insideRight - insideLeft) * _step;
            ref ushort columns = ref MemoryMarshal.GetReference(_columns);
            for (int y = y0; y < y1; y++)
            {
                ReadOnlySpan<byte> row = _bytes.Slice(y * source.Stride + insideLeft * _step, length);
                ref byte bytes = ref MemoryMarshal.GetReference(row);
                int x = 0;
                for (; x <= length - Vector128<byte>.Count; x += Vector128<byte>.Count)
                {
                    (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref bytes, (nuint)x));
                    Vector256<ushort> wide = Vector256.Create(low, high);
                    if (y > y0) wide += Vector256.LoadUnsafe(ref columns, (nuint)x);
                    wide.StoreUnsafe(ref columns, (nuint)x);
                }
                for (; x < length; x++) _columns[x] = (ushort)(row[x] + (y > y0 ? _columns[x] : 0));
            }
        }

        private void SumCells()
        {
            ref ushort columns = ref MemoryMarshal.GetReference(_columns);
            ref uint sums = ref MemoryMarshal.GetReference(_sums);
            for (int i = 0; i < _starts.Length; i++)
            {
                int start = Math.Max(_starts[i], insideLeft) - insideLeft, end = Math.Min(_ends[i], insideRight) - insideLeft;
                if (end <= start) continue;
                Vector128<uint> sum = Vector128.LoadUnsafe(ref sums, (nuint)(4 * i));
                for (int x = start; x < end; x++)
                {
                    ref ushort pixel = ref System.Runtime.CompilerServices.Unsafe.Add(ref columns, x * _step);
                    sum += Vector128.WidenLower(Vector128.CreateScalarUnsafe(
                        System.Runtime.CompilerServices.Unsafe.ReadUnaligned<ulong>(
                            ref System.Runtime.CompilerServices.Unsafe.As<ushort, byte>(ref pixel))).AsUInt16());
                }
                sum.StoreUnsafe(ref sums, (nuint)(4 * i));
            }
        }
    }
}
