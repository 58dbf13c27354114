using Semblance.Imaging;
using Semblance.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Tests.Imaging;

public class ExifOrientationTests
{
    // Sizes that are no multiple of the copying tiles or of JPEG's blocks.
    private const int Width = 77,
        Height = 45;

    /// <summary>Lower than a band of rows that is decoded, as high, and some of them.</summary>
    public static MatrixTheoryData<int, int> Turned => new([1, 2, 3, 4, 5, 6, 7, 8], [Height, 64, 205]);

    [Theory]
    [MemberData(nameof(Turned))]
    public void Stored_pixels_are_turned_upright(int orientation, int height)
    {
        byte[] jpeg = TestFiles.Jpeg(Width, height);
        using FaceImage stored = FaceImage.FromBytes(jpeg, "stored"),
            upright = FaceImage.FromBytes(TestFiles.WithOrientation(jpeg, orientation), "upright");
        PixelView from = stored.FullResolution,
            to = upright.FullResolution;

        Assert.Equal(orientation >= 5 ? (height, Width) : (Width, height), (upright.Width, upright.Height));
        for (int y = 0; y < height; y++)
        for (int x = 0; x < Width; x++)
        {
            (int ux, int uy) = Upright(orientation, x, y, height);
            Assert.Equal(from.At(x, y), to.At(ux, uy));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Reduced_pixels_lie_where_their_mapping_says_when_sizes_do_not_divide(int orientation)
    {
        byte[] jpeg = TestFiles.WithOrientation(TestFiles.Jpeg(Width, Height), orientation);
        using FaceImage image = FaceImage.FromBytes(jpeg, "turned");
        PixelView full = image.FullResolution;
        ScaledPixels scaled = image.AtScale(0.25);

        // The content is smooth, so a reduced pixel resembles the full one at its centre, and a shift of some pixels would show.
        double difference = 0;
        int count = 0;
        for (int y = 1; y < scaled.Pixels.Height - 1; y++)
        for (int x = 1; x < scaled.Pixels.Width - 1; x++, count++)
        {
            System.Numerics.Vector2 at = scaled.ToFullSize(new(x, y));
            difference += Math.Abs(full.At((int)MathF.Round(at.X), (int)MathF.Round(at.Y)).Green - scaled.Pixels.At(x, y).Green);
        }
        Assert.InRange(difference / count, 0, 2.0);
    }

    [Fact]
    public void Photograph_with_orientation_6_stands_upright()
    {
        string photos = ReferenceData.RequireUnpacked("data/photos.tar");
        using FaceImage image = FaceImage.FromFile(Path.Combine(photos, "exif_orientation_6.jpg"));

        Assert.Equal((480, 640), (image.Width, image.Height));
        Assert.Equal((480, 640), (image.FullResolution.Width, image.FullResolution.Height));
    }

    private static (int X, int Y) Upright(int orientation, int x, int y, int height) =>
        orientation switch
        {
            1 => (x, y),
            2 => (Width - 1 - x, y),
            3 => (Width - 1 - x, height - 1 - y),
            4 => (x, height - 1 - y),
            5 => (y, x),
            6 => (height - 1 - y, x),
            7 => (height - 1 - y, Width - 1 - x),
            _ => (y, Width - 1 - x),
        };
}
