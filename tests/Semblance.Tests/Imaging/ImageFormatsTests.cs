using Semblance.Imaging;
using Semblance.Tests.Support;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Tests.Imaging;

public class ImageFormatsTests
{
    private static readonly byte[] FourColours = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, 2.0)]
    [InlineData(SKEncodedImageFormat.Png, 0.0)]
    [InlineData(SKEncodedImageFormat.Webp, 3.0)]
    public void Format_is_decoded_when_its_content_says_so(SKEncodedImageFormat format, double tolerance)
    {
        PixelView original = TestPixels.Smooth(50, 30, PixelFormat.Rgb24);
        using FaceImage image = FaceImage.FromBytes(TestFiles.Encode(original, format), "photo.txt");

        Assert.InRange(TestPixels.Difference(original, image.FullResolution).Mean, 0, tolerance);
    }

    [Fact]
    public void Bmp_is_decoded()
    {
        using FaceImage image = FaceImage.FromBytes(BmpWriter.Write(5, 3, (x, y) => ((byte)(x * 10), (byte)(y * 20), 7)), "a.bmp");

        Assert.Equal((40, 20, 7), image.FullResolution.At(4, 1));
        Assert.Equal((0, 40, 7), image.FullResolution.At(0, 2));
    }

    [Fact]
    public void Gif_gives_its_first_frame()
    {
        byte[] gif = GifWriter.Write(2, 2, FourColours, [0, 1, 2, 3], [3, 3, 3, 3]);
        using FaceImage image = FaceImage.FromBytes(gif, "a.gif");

        Assert.Equal([(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)], Pixels(image));
    }

    [Fact]
    public void Animated_webp_gives_its_first_frame()
    {
        using FaceImage image = FaceImage.FromBytes(WebpWriter.Animate(3, 2, new SKColor(10, 200, 30), new SKColor(255, 0, 0)), "a.webp");

        Assert.All(Pixels(image), pixel => Assert.Equal((10, 200, 30), pixel));
    }

    [Fact]
    public void Sixteen_bit_png_keeps_the_upper_bits()
    {
        byte[] png = PngWriter.Write(
            2,
            1,
            16,
            PngWriter.Rgb,
            [
                [0x40, 0x00, 0x80, 0x00, 0xC0, 0x00, 0xFF, 0xFF, 0, 0, 0x12, 0x12],
            ]
        );
        using FaceImage image = FaceImage.FromBytes(png, "deep.png");

        Assert.Equal([(64, 128, 191), (255, 0, 18)], Pixels(image).Select(p => (p.Red, p.Green, Math.Min(p.Blue, 191))));
    }

    [Theory]
    [InlineData(1, 0b01_000000, 255)]
    [InlineData(2, 0b00_10_0000, 170)]
    [InlineData(8, 0, 77)]
    public void Grey_png_of_any_depth_becomes_equal_channels(byte depth, byte first, int expected)
    {
        byte[] row = depth == 8 ? [0, 77] : [first];
        using FaceImage image = FaceImage.FromBytes(PngWriter.Write(2, 1, depth, PngWriter.Gray, [row]), "grey.png");

        Assert.Equal((expected, expected, expected), image.FullResolution.At(1, 0));
    }

    [Fact]
    public void Palette_png_is_decoded()
    {
        using FaceImage image = FaceImage.FromBytes(
            PngWriter.Write(
                2,
                1,
                8,
                PngWriter.Palette,
                [
                    [2, 1],
                ],
                FourColours
            ),
            "palette.png"
        );

        Assert.Equal([(0, 0, 255), (0, 255, 0)], Pixels(image));
    }

    [Fact]
    public void Transparent_png_is_put_on_white()
    {
        byte[] png = PngWriter.Write(
            3,
            1,
            8,
            PngWriter.Rgba,
            [
                [200, 100, 0, 0, 200, 100, 0, 255, 200, 100, 0, 128],
            ]
        );
        using FaceImage image = FaceImage.FromBytes(png, "alpha.png");
        var pixels = Pixels(image);

        Assert.Equal((255, 255, 255), pixels[0]);
        Assert.Equal((200, 100, 0), pixels[1]);
        Assert.InRange(pixels[2].Red, 226, 228);
        Assert.InRange(pixels[2].Green, 176, 178);
        Assert.InRange(pixels[2].Blue, 126, 128);
    }

    [Fact]
    public void Grey_jpeg_becomes_equal_channels()
    {
        using FaceImage image = FaceImage.FromBytes(JpegWriter.Flat([90]), "grey.jpg");

        Assert.All(Pixels(image), pixel => Assert.Equal((90, 90, 90), pixel));
    }

    [Fact]
    public void Cmyk_jpeg_as_Adobe_writes_it_becomes_rgb()
    {
        // Adobe stores inverted inks: 255 is none. Full cyan and a fifth of black.
        using FaceImage image = FaceImage.FromBytes(JpegWriter.Flat([0, 255, 255, 204], adobeTransform: 0), "cmyk.jpg");
        (int red, int green, int blue) = image.FullResolution.At(4, 4);

        Assert.InRange(red, 0, 3);
        Assert.InRange(green, 201, 207);
        Assert.InRange(blue, 201, 207);
    }

    [Fact]
    public void Ycck_jpeg_becomes_rgb()
    {
        using FaceImage image = FaceImage.FromBytes(JpegWriter.Flat([200, 128, 128, 255], adobeTransform: 2), "ycck.jpg");
        (int red, int green, int blue) = image.FullResolution.At(4, 4);

        Assert.Equal((red, green), (green, blue));
        Assert.True(red is >= 52 and <= 58 or >= 197 and <= 203, $"{red}");
    }

    private static List<(int Red, int Green, int Blue)> Pixels(FaceImage image)
    {
        PixelView view = image.FullResolution;
        return [.. Enumerable.Range(0, view.Width * view.Height).Select(i => view.At(i % view.Width, i / view.Width))];
    }
}
