using System.Numerics;
using Semblance.Imaging;
using Semblance.Tests.Support;

namespace Semblance.Tests.Imaging;

public class ScaledPixelsTests
{
    [Theory]
    [InlineData(3.0, 1)]
    [InlineData(1.0, 1)]
    [InlineData(0.51, 1)]
    [InlineData(0.5, 2)]
    [InlineData(0.26, 2)]
    [InlineData(0.25, 4)]
    [InlineData(0.125, 8)]
    [InlineData(0.001, 8)]
    public void Scale_is_the_smallest_that_suffices(double minimum, int divisor)
    {
        using FaceImage jpeg = FaceImage.FromBytes(TestFiles.Jpeg(203, 101), "a.jpg"),
            png = FaceImage.FromBytes(TestFiles.Png(203, 101), "a.png");

        foreach (ScaledPixels scaled in new[] { jpeg.AtScale(minimum), png.AtScale(minimum) })
        {
            Assert.Equal((1.0 / divisor, 1.0 / divisor), (scaled.ScaleX, scaled.ScaleY));
            Assert.Equal(((203 + divisor - 1) / divisor, (101 + divisor - 1) / divisor), (scaled.Pixels.Width, scaled.Pixels.Height));
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void Scale_is_refused_when_it_is_not_above_zero(double minimum)
    {
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(8, 8, PixelFormat.Rgb24));

        Assert.Throws<ArgumentOutOfRangeException>(() => image.AtScale(minimum));
    }

    [Fact]
    public void Reduced_pixels_do_not_depend_on_what_was_decoded_before()
    {
        byte[] jpeg = TestFiles.Jpeg(160, 120);
        using FaceImage fresh = FaceImage.FromBytes(jpeg, "fresh"),
            used = FaceImage.FromBytes(jpeg, "used");
        _ = used.FullResolution;

        Assert.Equal(fresh.AtScale(0.25).Pixels.Memory.ToArray(), used.AtScale(0.25).Pixels.Memory.ToArray());
    }

    [Fact]
    public void Reduced_pixels_resemble_the_averaged_photograph()
    {
        byte[] jpeg = TestFiles.Jpeg(160, 120);
        using FaceImage image = FaceImage.FromBytes(jpeg, "photo"),
            lent = FaceImage.FromPixels(image.FullResolution);

        foreach (double scale in new[] { 0.5, 0.25, 0.125 })
            Assert.InRange(TestPixels.Difference(image.AtScale(scale).Pixels, lent.AtScale(scale).Pixels).Max, 0, 4);
    }

    [Fact]
    public void Point_maps_by_pixel_centres()
    {
        ScaledPixels scaled = new(default, 0.25, 0.5) { OffsetX = -3 };

        Assert.Equal(new Vector2(1.5f - 3, 0.5f), scaled.ToFullSize(new(0, 0)));
        Assert.Equal(new Vector2(0, 0), scaled.ToScaled(new(-1.5f, 0.5f)));
    }

    [Fact]
    public void Mapping_there_and_back_is_the_identity()
    {
        ScaledPixels scaled = new(default, 0.125, 0.125) { OffsetX = -5, OffsetY = -2 };
        Random random = new(8);
        for (int i = 0; i < 100; i++)
        {
            Vector2 point = new(random.NextSingle() * 4000, random.NextSingle() * 3000);
            Assert.InRange(Vector2.Distance(point, scaled.ToFullSize(scaled.ToScaled(point))), 0, 2e-3f);
        }
    }
}
