using SkiaSharp;

namespace Semblance.Gallery.Tests.Enrolling;

/// <summary>Pictures made from the sample photograph.</summary>
internal static class Photos
{
    /// <summary>The photograph turned clockwise by quarters of a circle, without an orientation that says so.</summary>
    public static byte[] Turned(int degrees)
    {
        using SKBitmap source = SKBitmap.Decode(TestSupport.ReferenceData.Sample("astronaut.png"));
        using SKSurface surface = SKSurface.Create(new SKImageInfo(source.Width, source.Height));
        using SKImage image = SKImage.FromBitmap(source);
        surface.Canvas.RotateDegrees(degrees, source.Width / 2f, source.Height / 2f);
        surface.Canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        using SKImage drawn = surface.Snapshot();
        using SKData data = drawn.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The photograph drawn several times, each scaled and blurred.</summary>
    public static byte[] Draw(float blur, params float[] scales)
    {
        using SKBitmap source = SKBitmap.Decode(TestSupport.ReferenceData.Sample("astronaut.png"));
        int width = (int)scales.Sum(scale => source.Width * scale),
            height = (int)(source.Height * scales.Max());
        using SKSurface surface = SKSurface.Create(new SKImageInfo(width, height));
        using SKImage image = SKImage.FromBitmap(source);
        using SKPaint paint = new() { ImageFilter = blur > 0 ? SKImageFilter.CreateBlur(blur, blur) : null };
        float x = 0;
        foreach (float scale in scales)
        {
            surface.Canvas.DrawImage(
                image,
                SKRect.Create(x, 0, source.Width * scale, source.Height * scale),
                new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear),
                paint
            );
            x += source.Width * scale;
        }
        using SKImage drawn = surface.Snapshot();
        using SKData data = drawn.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
