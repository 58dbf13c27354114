using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Tests.Support;

/// <summary>Small compressed images made by SkiaSharp, and changes to their bytes.</summary>
internal static class TestFiles
{
    public static byte[] Encode(PixelView pixels, SKEncodedImageFormat format, int quality = 95)
    {
        using SKBitmap bitmap = new(pixels.Width, pixels.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int y = 0; y < pixels.Height; y++)
        for (int x = 0; x < pixels.Width; x++)
        {
            (int r, int g, int b) = pixels.At(x, y);
            bitmap.SetPixel(x, y, new((byte)r, (byte)g, (byte)b));
        }
        using SKData data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    public static byte[] Jpeg(int width, int height) =>
        Encode(TestPixels.Smooth(width, height, PixelFormat.Rgb24), SKEncodedImageFormat.Jpeg);

    public static byte[] Png(int width, int height) =>
        Encode(TestPixels.Smooth(width, height, PixelFormat.Rgb24), SKEncodedImageFormat.Png);

    /// <summary>Puts an EXIF block with an orientation right behind the start of a JPEG.</summary>
    public static byte[] WithOrientation(byte[] jpeg, int orientation)
    {
        byte[] exif =
        [
            0xFF,
            0xE1,
            0,
            34,
            .. "Exif\0\0"u8,
            .. "MM\0*"u8,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte)orientation,
            0,
            0,
            0,
            0,
            0,
            0,
        ];
        return [.. jpeg.AsSpan(0, 2), .. exif, .. jpeg.AsSpan(2)];
    }

    public static byte[] Truncated(byte[] file, double share) => file[..(int)(file.Length * share)];
}
