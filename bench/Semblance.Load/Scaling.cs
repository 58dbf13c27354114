using SkiaSharp;

namespace Semblance.Load;

/// <summary>Pictures as clients send them.</summary>
internal static class Scaling
{
    /// <summary>A JPEG whose longer side has a length, whatever the picture's was.</summary>
    public static byte[] ToJpeg(byte[] picture, int side)
    {
        using SKBitmap whole = SKBitmap.Decode(picture) ?? throw new ArgumentException("a picture cannot be read", nameof(picture));
        double scale = (double)side / Math.Max(whole.Width, whole.Height);
        using SKBitmap scaled = whole.Resize(
            new SKSizeI((int)Math.Round(whole.Width * scale), (int)Math.Round(whole.Height * scale)),
            new SKSamplingOptions(SKCubicResampler.Mitchell)
        );
        using SKData jpeg = scaled.Encode(SKEncodedImageFormat.Jpeg, 90);
        return jpeg.ToArray();
    }
}
