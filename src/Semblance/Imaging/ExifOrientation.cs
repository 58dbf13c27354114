using SkiaSharp;

namespace Semblance.Imaging;

/// <summary>Turns pixels upright as EXIF's orientation tag says.</summary>
internal static class ExifOrientation
{
    /// <summary>Side of the blocks in which rows and columns are exchanged; keeps both sides in the cache.</summary>
    private const int Block = 32;

    /// <summary>Whether width and height change places.</summary>
    public static bool SwapsSides(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>The upright picture; frees <paramref name="stored"/> unless it is upright already.</summary>
    public static NativePixels Apply(NativePixels stored, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or 0) return stored;
        bool swaps = SwapsSides(origin);
        NativePixels upright = new(swaps ? stored.Height : stored.Width, swaps ? stored.Width : stored.Height, stored.Format);
        Span<uint> from = stored.GetPixels(), to = upright.GetPixels();
        int width = stored.Width, height = stored.Height;
        // Where stored pixel (0, 0) goes, and the steps in the target for one stored pixel to the right and one down.
        (int start, int right, int down) = origin switch
        {
            SKEncodedOrigin.TopRight => (width - 1, -1, width),
            SKEncodedOrigin.BottomRight => (width * height - 1, -1, -width),
            SKEncodedOrigin.BottomLeft => (width * (height - 1), 1, -width),
            SKEncodedOrigin.LeftTop => (0, height, 1),
            SKEncodedOrigin.RightTop => (height - 1, height, -1),
            SKEncodedOrigin.RightBottom => (width * height - 1, -height, -1),
            SKEncodedOrigin.LeftBottom => (height * (width - 1), -height, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "EXIF knows orientations 1 to 8."),
        };
        for (int y0 = 0; y0 < height; y0 += Block)
            for (int x0 = 0; x0 < width; x0 += Block)
                for (int y = y0; y < Math.Min(height, y0 + Block); y++)
                    for (int x = x0; x < Math.Min(width, x0 + Block); x++)
                        to[start + x * right + y * down] = from[y * width + x];
        stored.Free();
        return upright;
    }
}
