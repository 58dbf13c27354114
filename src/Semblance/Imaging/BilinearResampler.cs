using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;

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
        Column[] rented = ArrayPool<Column>.Shared.Rent(outWidth);
        try
        {
            Span<Column> columns = rented.AsSpan(0, outWidth);
            Place(source, left, width, columns);
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
                    InterpolateRow(source, top + row0, columns, layout, upper);
                upperRow = row0;
                if (row1 != lowerRow)
                    InterpolateRow(source, top + row1, columns, layout, lower);
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
            ArrayPool<Column>.Shared.Return(rented);
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

    /// <summary>The two source pixels of every column of the result: the same in each row.</summary>
    private static void Place(in PixelView source, int left, int width, Span<Column> columns)
    {
        int step = source.BytesPerPixel,
            end = source.Width;
        for (int x = 0; x < columns.Length; x++)
        {
            (int first, int second, float fraction) = Taps(x, width, columns.Length);
            columns[x] = new(At(left + first), At(left + second), fraction);
        }

        int At(int column) => column < 0 || column >= end ? Column.Outside : column * step;
    }

    private static void InterpolateRow(in PixelView source, int y, ReadOnlySpan<Column> columns, in TensorLayout layout, Span<Vector4> row)
    {
        Vector4 padding = new(layout.PadValue);
        if (y < 0 || y >= source.Height)
        {
            row.Fill(padding);
            return;
        }
        ReadOnlySpan<byte> pixels = source.Row(y);
        (int lane0, int lane1, int lane2) = layout.Lanes(source);
        if (source.BytesPerPixel == sizeof(uint))
            InterpolateWords(pixels, columns, Order(lane0, lane1, lane2), padding, row);
        else
            InterpolateBytes(pixels, columns, (lane0, lane1, lane2), padding, row);
    }

    private static void InterpolateBytes(
        ReadOnlySpan<byte> pixels,
        ReadOnlySpan<Column> columns,
        (int First, int Second, int Third) lanes,
        Vector4 padding,
        Span<Vector4> row
    )
    {
        for (int x = 0; x < columns.Length; x++)
        {
            Column column = columns[x];
            Vector4 a = Pixel(pixels, column.First),
                b = Pixel(pixels, column.Second);
            row[x] = a + (b - a) * column.Fraction;
        }

        Vector4 Pixel(ReadOnlySpan<byte> bytes, int at) =>
            at == Column.Outside ? padding : new Vector4(bytes[at + lanes.First], bytes[at + lanes.Second], bytes[at + lanes.Third], 0);
    }

    /// <summary>Pixels of four bytes, each read at once.</summary>
    private static void InterpolateWords(
        ReadOnlySpan<byte> pixels,
        ReadOnlySpan<Column> columns,
        Vector128<byte> order,
        Vector4 padding,
        Span<Vector4> row
    )
    {
        for (int x = 0; x < columns.Length; x++)
        {
            Column column = columns[x];
            Vector4 a = Pixel(pixels, column.First),
                b = Pixel(pixels, column.Second);
            row[x] = a + (b - a) * column.Fraction;
        }

        Vector4 Pixel(ReadOnlySpan<byte> bytes, int at)
        {
            if (at == Column.Outside)
                return padding;
            Vector128<uint> word = Vector128.CreateScalar(BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]));
            return Vector128.ConvertToSingle(Vector128.Shuffle(word.AsByte(), order).AsInt32()).AsVector4();
        }
    }

    /// <summary>Puts three bytes of a pixel into the lowest bytes of three words, and zeros everywhere else.</summary>
    private static Vector128<byte> Order(int lane0, int lane1, int lane2)
    {
        const byte Zero = 0xFF;
        return Vector128.Create(
            (ReadOnlySpan<byte>)
                [(byte)lane0, Zero, Zero, Zero, (byte)lane1, Zero, Zero, Zero, (byte)lane2, Zero, Zero, Zero, Zero, Zero, Zero, Zero]
        );
    }

    /// <summary>Where the two source pixels of a column of the result begin in a row, and how far it is towards the second.</summary>
    private readonly record struct Column(int First, int Second, float Fraction)
    {
        /// <summary>A pixel beyond the source.</summary>
        public const int Outside = -1;
    }
}
