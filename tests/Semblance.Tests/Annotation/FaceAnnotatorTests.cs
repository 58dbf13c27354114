using Semblance.Annotation;
using Semblance.Detection;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Tests.Annotation;

public sealed class FaceAnnotatorTests : IDisposable
{
    /// <summary>An image looks into the bitmap it was made of, which must outlive it.</summary>
    private readonly SKBitmap _grey = new(new SKImageInfo(300, 300, SKColorType.Rgba8888, SKAlphaType.Opaque));

    public FaceAnnotatorTests() => _grey.Erase(SKColors.Gray);

    public void Dispose() => _grey.Dispose();

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
        using FaceImage image = FaceImage.FromBitmap(_grey);
        Assert.InRange(Dark(image, "score 0.90") - Dark(image, ""), 50, 5000);
    }

    [Fact]
    public void A_stranger_is_amber_and_dashed()
    {
        using FaceImage image = FaceImage.FromBitmap(_grey);
        int plain = Count(image, MarkStyle.Plain, IsGreen),
            stranger = Count(image, MarkStyle.Stranger, IsAmber);
        Assert.Equal((0, 0), (Count(image, MarkStyle.Plain, IsAmber), Count(image, MarkStyle.Stranger, IsGreen)));
        Assert.InRange(plain, 400, 2000);
        Assert.InRange(stranger / (double)plain, 0.4, 0.9);

        static bool IsGreen(SKColor pixel) => pixel is { Red: < 0x40, Green: > 0xC0, Blue: > 0x90 };
        static bool IsAmber(SKColor pixel) => pixel is { Red: > 0xE8, Green: > 0x98 and < 0xC0, Blue: < 0x48 };
    }

    [Theory]
    [InlineData("Zoë Łukasz 0.98", true)]
    [InlineData("Ελένη Жанна", true)]
    [InlineData("王小明", false)]
    [InlineData("Ada 😀", false)]
    [InlineData("", true)]
    public void The_font_tells_what_it_can_draw(string text, bool drawn) => Assert.Equal(drawn, AnnotationFont.Draws(text));

    [Theory]
    [InlineData("a.png", SKEncodedImageFormat.Png)]
    [InlineData("a.JPG", SKEncodedImageFormat.Jpeg)]
    [InlineData("a.webp", SKEncodedImageFormat.Webp)]
    public void The_extension_chooses_the_format(string path, SKEncodedImageFormat format) =>
        Assert.Equal(format, FaceAnnotator.FormatOf(path));

    [Fact]
    public void An_unknown_extension_is_refused() => Assert.Throws<ArgumentException>(() => FaceAnnotator.FormatOf("a.tiff"));

    private static readonly DetectedFace Face = new(
        new(100, 100, 90, 110),
        0.9f,
        new(new(125, 140), new(165, 140), new(145, 160), new(130, 185), new(160, 185))
    );

    private static int Dark(FaceImage image, string label) =>
        Count(image, new FaceMark(Face, label), pixel => pixel is { Red: < 60, Green: < 80, Blue: < 80 });

    private static int Count(FaceImage image, MarkStyle style, Func<SKColor, bool> isCounted) =>
        Count(image, new FaceMark(Face, "") { Style = style }, isCounted);

    private static int Count(FaceImage image, FaceMark mark, Func<SKColor, bool> isCounted)
    {
        using SKImage drawn = FaceAnnotator.Draw(image, [mark]);
        using SKBitmap bitmap = SKBitmap.FromImage(drawn);
        return bitmap.Pixels.Count(isCounted);
    }
}
