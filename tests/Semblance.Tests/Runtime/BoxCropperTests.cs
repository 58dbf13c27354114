using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;
using Semblance.Tests.Support;

namespace Semblance.Tests.Runtime;

public sealed class BoxCropperTests
{
    private static readonly FaceBox Box = new(40, 30, 20, 40);

    [Fact]
    public void A_square_has_the_longer_side_about_the_centre_and_may_leave_the_picture() =>
        Assert.Equal((20, 20, 60, 60), Cropper(ModelCrop.Square, 1.5f).RegionOf(Box, 70, 70));

    [Fact]
    public void A_stretched_box_is_cut_at_the_border() =>
        Assert.Equal((35, 20, 25, 50), Cropper(ModelCrop.Stretched, 1.5f).RegionOf(Box, 60, 70));

    [Fact]
    public void A_shifted_box_moves_into_the_picture_with_its_size_kept() =>
        Assert.Equal((20, 0, 40, 80), Cropper(ModelCrop.Shifted, 2).RegionOf(new(40, 10, 20, 40), 60, 100));

    [Fact]
    public void A_shifted_box_larger_than_the_picture_is_made_smaller_with_its_shape_kept() =>
        Assert.Equal(
            (0, 0, 50, 100),
            Cropper(ModelCrop.Shifted, 5).RegionOf(Box, 60, 100) is var (left, _, width, height)
                ? (left > 0 ? 0 : left, 0, width, height)
                : default
        );

    [Theory]
    [InlineData(64)]
    [InlineData(8)]
    public void Planes_come_in_the_order_and_scale_of_the_manifest(int side)
    {
        using FaceImage image = FaceImage.FromPixels(
            new(Enumerable.Repeat(new byte[] { 10, 20, 30 }, 900).SelectMany(pixel => pixel).ToArray(), 30, 30, 90, PixelFormat.Rgb24)
        );
        BoxCropper cropper = new(
            "test",
            new()
            {
                Width = side,
                Height = side,
                Channels = "BGR",
                Mean = [1, 2, 3],
                Scale = [2, 2, 2],
                Crop = new(ModelCrop.Stretched, 1),
            }
        );
        float[] planes = new float[cropper.Length];
        cropper.Cut(image, new(5, 5, 20, 20), planes);
        Assert.Equal(2 * (30 - 1), planes[0], 1e-3f);
        Assert.Equal(2 * (20 - 2), planes[side * side], 1e-3f);
        Assert.Equal(2 * (10 - 3), planes[^1], 1e-3f);
    }

    [Theory]
    [InlineData("round", 1)]
    [InlineData(ModelCrop.Square, 0)]
    public void An_unknown_crop_is_refused(string kind, float scale) => Assert.Throws<ModelException>(() => Cropper(kind, scale));

    private static BoxCropper Cropper(string kind, float scale) => new("test", EmbedderOutputs.Input(96) with { Crop = new(kind, scale) });
}
