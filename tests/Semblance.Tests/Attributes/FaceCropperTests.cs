using Semblance.Attributes;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Tests.Attributes;

public sealed class FaceCropperTests
{
    private const int Side = 96;

    private static readonly FaceCropper Cropper = new(
        "test",
        new ModelInput
        {
            Width = Side,
            Height = Side,
            Channels = "BGR",
            Mean = [0, 0, 0],
            Scale = [1, 1, 1],
            TemplatePoints =
            [
                [28, 34],
                [68, 34],
                [48, 55],
                [31, 74],
                [65, 74],
            ],
        }
    );

    [Fact]
    public void Border_of_a_small_whole_picture_is_repeated_and_not_darkened()
    {
        AttributeCrop crop = Cropper.Whole(Plain(48, 48));
        Assert.Equal(48, crop.SourceSide);
        Assert.All(crop.Pixels.Memory.ToArray(), value => Assert.Equal(200, value));
    }

    [Fact]
    public void Middle_square_of_a_small_whole_picture_is_enlarged_by_half_pixel_centres()
    {
        byte[] columns =
        [
            .. Enumerable.Range(0, 30).SelectMany(_ => Enumerable.Range(0, 50).SelectMany(x => Enumerable.Repeat((byte)(4 * x), 3))),
        ];
        AttributeCrop crop = Cropper.Whole(FaceImage.FromPixels(new PixelView(columns, 50, 30, 150, PixelFormat.Rgb24)));
        for (int x = 0; x < Side; x++)
            Assert.Equal(4 * (10 + Math.Clamp((x + 0.5) * 30 / Side - 0.5, 0, 29)), crop.Pixels.Memory.Span[3 * x + 1], 0.501);
    }

    [Fact]
    public void Large_whole_picture_keeps_its_brightness()
    {
        AttributeCrop crop = Cropper.Whole(Plain(300, 300));
        Assert.All(crop.Pixels.Memory.ToArray(), value => Assert.Equal(200, value));
    }

    private static FaceImage Plain(int width, int height)
    {
        byte[] pixels = new byte[3 * width * height];
        pixels.AsSpan().Fill(200);
        return FaceImage.FromPixels(new PixelView(pixels, width, height, 3 * width, PixelFormat.Rgb24));
    }
}
