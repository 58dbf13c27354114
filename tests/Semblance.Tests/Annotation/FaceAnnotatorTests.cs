using Semblance.Annotation;
using Semblance.Detection;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Tests.Annotation;

public sealed class FaceAnnotatorTests
{
    [Fact]
    public void The_embedded_font_sets_pixels()
    {
        using SKBitmap bitmap = new(200, 40);
        using SKCanvas canvas = new(bitmap);
        canvas.Clear(SKColors.White);
        using SKFont font = new(AnnotationFont.Typeface, 24);
        using SKPaint ink = new() { Color = SKColors.Black, IsAntialias = true };
        canvas.DrawText("Ärger 0.98", 4, 30, SKTextAlign.Left, font, ink);
        canvas.Flush();
        Assert.InRange(bitmap.Pixels.Count(pixel => pixel.Red < 128), 300, 3000);
    }

    [Fact]
    public void A_label_makes_a_difference()
    {
        using SKBitmap grey = new(new SKImageInfo(300, 300, SKColorType.Rgba8888, SKAlphaType.Opaque));
        grey.Erase(SKColors.Gray);
        using FaceImage image = FaceImage.FromBitmap(grey);
        DetectedFace face = new(new(100, 100, 90, 110), 0.9f, new(new(125, 140), new(165, 140), new(145, 160), new(130, 185), new(160, 185)));
        Assert.InRange(Dark(image, face, "score 0.90") - Dark(image, face, ""), 50, 5000);
    }

    [Theory]
    [InlineData("a.png", SKEncodedImageFormat.Png)]
    [InlineData("a.JPG", SKEncodedImageFormat.Jpeg)]
    [InlineData("a.webp", SKEncodedImageFormat.Webp)]
    public void The_extension_chooses_the_format(string path, SKEncodedImageFormat format) => Assert.Equal(format, FaceAnnotator.FormatOf(path));

    [Fact]
    public void An_unknown_extension_is_refused() => Assert.Throws<ArgumentException>(() => FaceAnnotator.FormatOf("a.tiff"));

    private static int Dark(FaceImage image, DetectedFace face, string label)
    {
        using SKImage drawn = FaceAnnotator.Draw(image, [(face, label)]);
        using SKBitmap bitmap = SKBitmap.FromImage(drawn);
        return bitmap.Pixels.Count(pixel => pixel is { Red: < 60, Green: < 80, Blue: < 80 });
    }
}
