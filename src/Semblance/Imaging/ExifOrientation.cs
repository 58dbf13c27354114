using System.Runtime.InteropServices;
using SkiaSharp;

namespace Semblance.Imaging;

/// <summary>Turns stored pixels upright: the eight values of the EXIF tag 0x0112 (CIPA DC-008, 4.6.4).</summary>
internal static class ExifOrientation
{
    /// <summary>A tile of 32 x 32 pixels of four bytes reads and writes 8 KB: both sides stay in the first-level cache.</summary>
    private const int Tile = 32;

    /// <summary>Whether rows become columns (5 to 8).</summary>
    public static bool SwapsAxes(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>Whether the upright image's left edge is the end of a stored row or column.</summary>
    public static bool MirrorsX(SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;

    /// <summary>Whether the upright image's top edge is the end of a stored column or row.</summary>
    public static bool MirrorsY(SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>Copies four-byte pixels from stored to upright order.</summary>
    /// <param name="stored">Width x height pixels without gaps.</param>
    /// <param name="width">Stored width.</param>
    /// <param name="height">Stored height.</param>
    /// <param name="origin">How the pixels are stored.</param>
    /// <param name="upright">As many pixels; rows of <paramref name="height"/> pixels where the axes are swapped.</param>
    public static void Apply(ReadOnlySpan<byte> stored, int width, int height, SKEncodedOrigin origin, Span<byte> upright) =>
        ApplyRows(stored, width, height, 0, height, origin, upright);

    /// <summary>Copies some rows of four-byte pixels from stored to upright order.</summary>
    /// <param name="stored">Width x rows pixels without gaps.</param>
    /// <param name="width">Stored width.</param>
    /// <param name="height">Stored height of the whole picture.</param>
    /// <param name="first">Which of its rows is the first.</param>
    /// <param name="rows">How many there are.</param>
    /// <param name="origin">How the pixels are stored.</param>
    /// <param name="upright">The whole picture; rows of <paramref name="height"/> pixels where the axes are swapped.</param>
    public static void ApplyRows(
        ReadOnlySpan<byte> stored,
        int width,
        int height,
        int first,
        int rows,
        SKEncodedOrigin origin,
        Span<byte> upright
    )
    {
        ReadOnlySpan<uint> from = MemoryMarshal.Cast<byte, uint>(stored)[..(width * rows)];
        Span<uint> to = MemoryMarshal.Cast<byte, uint>(upright)[..(width * height)];
        // The rows stand from the end where the upright image's edge is the end.
        bool fromEnd = SwapsAxes(origin) ? MirrorsX(origin) : MirrorsY(origin);
        int place = fromEnd ? height - first - rows : first;
        if (SwapsAxes(origin))
            Transpose(from, width, rows, fromEnd, MirrorsY(origin), to[place..], height);
        else
            Mirror(from, width, rows, MirrorsX(origin), fromEnd, to.Slice(place * width, rows * width));
    }

    private static void Mirror(ReadOnlySpan<uint> from, int width, int height, bool mirrorX, bool mirrorY, Span<uint> to)
    {
        for (int y = 0; y < height; y++)
        {
            Span<uint> row = to.Slice((mirrorY ? height - 1 - y : y) * width, width);
            from.Slice(y * width, width).CopyTo(row);
            if (mirrorX)
                row.Reverse();
        }
    }

    private static void Transpose(ReadOnlySpan<uint> from, int width, int height, bool mirrorX, bool mirrorY, Span<uint> to, int stride)
    {
        for (int y0 = 0; y0 < height; y0 += Tile)
        for (int x0 = 0; x0 < width; x0 += Tile)
        {
            int yEnd = Math.Min(y0 + Tile, height),
                xEnd = Math.Min(x0 + Tile, width);
            for (int x = x0; x < xEnd; x++)
            {
                int row = (mirrorY ? width - 1 - x : x) * stride;
                int source = y0 * width + x;
                int target = row + (mirrorX ? height - 1 - y0 : y0),
                    step = mirrorX ? -1 : 1;
                for (int y = y0; y < yEnd; y++, source += width, target += step)
                    to[target] = from[source];
            }
        }
    }
}
