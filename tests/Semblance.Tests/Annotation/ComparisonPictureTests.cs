using Semblance.Annotation;
using Semblance.Detection;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Tests.Annotation;

public sealed class ComparisonPictureTests
{
    private static readonly DetectedFace Face = new(new(100, 60, 90, 110), 0.9f, default) { LandmarksSource = LandmarksSource.None };

    [Fact]
    public void Pictures_stand_side_by_side_at_one_height_with_the_answer_below()
    {
        using SKImage drawn = Draw(MarkStyle.Plain, ["same person", "similarity 0.63, threshold 0.41"]);
        // 300x300 and 600x300 at a height of 480, and the gap.
        Assert.Equal(480 + 4 + 960, drawn.Width);
        Assert.InRange(drawn.Height, 520, 600);
    }

    [Fact]
    public void Different_people_are_red_and_the_same_are_not()
    {
        Assert.Equal(0, Red(MarkStyle.Plain));
        Assert.InRange(Red(MarkStyle.Different), 1000, 20_000);
        Assert.Equal(0, Red(MarkStyle.CannotTell));

        static int Red(MarkStyle style)
        {
            using SKImage drawn = Draw(style, []);
            using SKBitmap bitmap = SKBitmap.FromImage(drawn);
            return bitmap.Pixels.Count(pixel => pixel is { Red: > 0xE0, Green: < 0x70, Blue: < 0x70 });
        }
    }

    private static SKImage Draw(MarkStyle style, string[] caption)
    {
        using SKBitmap square = Grey(300, 300),
            wide = Grey(600, 300);
        using FaceImage a = FaceImage.FromBitmap(square),
            b = FaceImage.FromBitmap(wide);
        return ComparisonPicture.Draw(a, Face, b, Face, style, caption);
    }

    private static SKBitmap Grey(int width, int height)
    {
        SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.Gray);
        return bitmap;
    }
}
