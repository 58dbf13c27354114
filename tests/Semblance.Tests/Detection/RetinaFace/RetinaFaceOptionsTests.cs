using Semblance.Detection;
using Semblance.Detection.RetinaFace;
using Semblance.Imaging;

namespace Semblance.Tests.Detection.RetinaFace;

public sealed class RetinaFaceOptionsTests
{
    [Theory]
    [InlineData(1280, 1280, 1280)]
    [InlineData(1000, 600, 1000)]
    // Larger ones have as many pixels, whatever their shape.
    [InlineData(4000, 3000, 1033)]
    [InlineData(4840, 2000, 1391)]
    [InlineData(3000, 10, 3000)]
    public void Large_pictures_are_made_smaller_by_area(int width, int height, int seen)
    {
        using FaceImage image = Picture(width, height);
        Assert.Equal(seen, Seen(image, RetinaFaceOptions.Default, DetectionOptions.Default));
        Assert.Equal(width, Seen(image, RetinaFaceOptions.Official, DetectionOptions.Default));
    }

    [Fact]
    public void A_smallest_face_says_the_scale_of_any_picture()
    {
        using FaceImage image = Picture(4000, 3000);
        Assert.Equal(4000, Seen(image, RetinaFaceOptions.Default, new() { MinFaceSize = 10 }));
        Assert.Equal(4000 * 16 / 20, Seen(image, RetinaFaceOptions.Default, new() { MinFaceSize = 20 }));
        Assert.Equal(4000 * 16 / 160, Seen(image, RetinaFaceOptions.Default, new() { MinFaceSize = 160 }));
    }

    [Fact]
    public void Defaults_are_those_documented() =>
        Assert.Equal(
            (1280, 800_000, 400),
            (RetinaFaceOptions.Default.UnreducedSide, RetinaFaceOptions.Default.ReducedPixels, RetinaFaceOptions.Default.CloseUpSide)
        );

    private static int Seen(FaceImage image, RetinaFaceOptions options, DetectionOptions detection) =>
        (int)Math.Round(image.Width * options.ScaleOf(image, detection));

    private static FaceImage Picture(int width, int height) =>
        FaceImage.FromPixels(new(new byte[width * height], width, height, width, PixelFormat.Gray8));
}
