using Semblance.Evaluation.Running;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Evaluation.Parts;

/// <summary>Small JPEG pictures for reports that show errors.</summary>
internal static class Thumbnails
{
    private const int LongestSide = 168,
        Quality = 84;

    /// <summary>A picture, upright and small.</summary>
    public static (string Name, byte[] Jpeg) Of(PictureSet set, string name)
    {
        using FaceImage image = FaceImage.FromBytes(set.Bytes(name), name);
        double scale = Math.Min(1, (double)LongestSide / Math.Max(image.Width, image.Height));
        PixelView pixels = image.AtScale(scale).Pixels;
        using SKBitmap bitmap = new(pixels.Width, pixels.Height, SKColorType.Rgb888x, SKAlphaType.Opaque);
        (int red, int green, int blue) = pixels.Format switch
        {
            PixelFormat.Gray8 => (0, 0, 0),
            PixelFormat.Rgb24 or PixelFormat.Rgbx32 => (0, 1, 2),
            _ => (2, 1, 0),
        };
        Span<byte> target = bitmap.GetPixelSpan();
        for (int y = 0; y < pixels.Height; y++)
        {
            ReadOnlySpan<byte> row = pixels.Row(y);
            for (int x = 0; x < pixels.Width; x++)
            {
                int from = x * pixels.BytesPerPixel,
                    to = y * bitmap.RowBytes + 4 * x;
                (target[to], target[to + 1], target[to + 2], target[to + 3]) = (row[from + red], row[from + green], row[from + blue], 255);
            }
        }
        SKSizeI size = new(Math.Max(1, (int)Math.Round(image.Width * scale)), Math.Max(1, (int)Math.Round(image.Height * scale)));
        using SKBitmap small = bitmap.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using SKData jpeg = small.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return (name, jpeg.ToArray());
    }
}
