using System.Buffers.Binary;
using Semblance.Imaging;
using Semblance.Tests.Support;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Tests.Imaging;

public class EmbeddedOrientationTests
{
    private const int Width = 24,
        Height = 10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Png_with_an_eXIf_chunk_is_put_upright_like_a_JPEG(int orientation)
    {
        PixelView pixels = TestPixels.Smooth(Width, Height, PixelFormat.Rgb24);
        byte[] png = WithChunk(TestFiles.Encode(pixels, SKEncodedImageFormat.Png), "eXIf", Tiff(orientation));
        byte[] jpeg = TestFiles.WithOrientation(TestFiles.Encode(pixels, SKEncodedImageFormat.Jpeg, quality: 100), orientation);
        using FaceImage image = FaceImage.FromBytes(png, "photo.png"),
            expected = FaceImage.FromBytes(jpeg, "photo.jpg");

        Assert.Equal((expected.Width, expected.Height), (image.Width, image.Height));
        for (int y = 0; y < image.Height; y++)
        for (int x = 0; x < image.Width; x++)
        {
            (int r, int g, int b) = image.FullResolution.At(x, y);
            (int er, int eg, int eb) = expected.FullResolution.At(x, y);
            Assert.True(
                Math.Abs(r - er) + Math.Abs(g - eg) + Math.Abs(b - eb) < 30,
                $"({x}, {y}) is {r},{g},{b} instead of {er},{eg},{eb}"
            );
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(65535)]
    public void Orientation_that_means_nothing_changes_nothing(int orientation)
    {
        byte[] png = WithChunk(TestFiles.Png(Width, Height), "eXIf", Tiff(orientation));
        using FaceImage image = FaceImage.FromBytes(png, "photo.png");

        Assert.Equal((Width, Height), (image.Width, image.Height));
    }

    [Fact]
    public void Cut_off_block_changes_nothing()
    {
        byte[] tiff = Tiff(6);
        for (int length = 0; length < tiff.Length - 4; length++)
        {
            byte[] png = WithChunk(TestFiles.Png(Width, Height), "eXIf", tiff[..length]);
            using FaceImage image = FaceImage.FromBytes(png, "photo.png");
            Assert.True(image.Width == Width || length >= 20, $"{length} bytes were taken for an orientation");
        }
    }

    [Fact]
    public void Webp_with_an_EXIF_chunk_is_put_upright()
    {
        byte[] webp = TestFiles.Encode(TestPixels.Smooth(Width, Height, PixelFormat.Rgb24), SKEncodedImageFormat.Webp);
        using FaceImage image = FaceImage.FromBytes(Extended(webp, Tiff(6)), "photo.webp");

        Assert.Equal((Height, Width), (image.Width, image.Height));
        Assert.Equal((Height, Width), (image.FullResolution.Width, image.FullResolution.Height));
    }

    /// <summary>One folder with one entry: orientation, a short.</summary>
    private static byte[] Tiff(int orientation) =>
        [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, (byte)(orientation >> 8), (byte)orientation, 0, 0, 0, 0, 0, 0];

    /// <summary>Behind the header chunk, with its checksum.</summary>
    private static byte[] WithChunk(byte[] png, string name, byte[] content) =>
        [.. png.AsSpan(0, 33), .. PngWriter.Chunk(name, content), .. png.AsSpan(33)];

    /// <summary>RIFF with a VP8X header that announces EXIF, the picture, and the block.</summary>
    private static byte[] Extended(byte[] webp, byte[] tiff)
    {
        const byte HasExif = 8;
        byte[] body =
        [
            .. "WEBPVP8X"u8,
            10,
            0,
            0,
            0,
            HasExif,
            0,
            0,
            0,
            Width - 1,
            0,
            0,
            Height - 1,
            0,
            0,
            .. webp.AsSpan(12),
            .. "EXIF"u8,
            (byte)tiff.Length,
            0,
            0,
            0,
            .. tiff,
        ];
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, body.Length);
        return [.. "RIFF"u8, .. size, .. body];
    }
}
