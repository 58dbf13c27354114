using Semblance.Imaging;
using Semblance.Tests.Support;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Tests.Imaging;

public class ImageErrorsTests
{
    public static TheoryData<string, byte[]> Foreign =>
        new()
        {
            { "the file is empty", [] },
            { "a text file", "Dear Ada, here is the photograph."u8.ToArray() },
            { "a text file", System.Text.Encoding.UTF8.GetBytes(new string('ß', 400)) },
            { "a web page", "\n <!DOCTYPE html><html>404</html>"u8.ToArray() },
            { "a PDF", "%PDF-1.7"u8.ToArray() },
            { "a HEIF image", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0] },
            { "a TIFF or camera raw image", [.. "II*\0"u8, 8, 0, 0, 0] },
            { "an icon", [0, 0, 1, 0, 1, 0, 16, 16] },
            { "100 bytes of zeros", new byte[100] },
            { "starts with 0000040403FF0102", [0, 0, 4, 4, 3, 255, 1, 2, 3] },
            { "PNG header, but what follows is broken", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 1, 2, 3] },
            { "JPEG header, but what follows is broken", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] },
            { "a RIFF file that is no WebP", [.. "RIFF\0\0\0\0WAVE"u8] },
        };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Error_says_what_was_found_when_the_bytes_are_no_photograph(string found, byte[] bytes)
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(() => FaceImage.FromBytes(bytes, "photo.jpg"));

        Assert.StartsWith("photo.jpg: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Equal("image-format", error.Code);
    }

    [Fact]
    public void Error_names_the_file_when_it_does_not_exist()
    {
        ImageAccessException error = Assert.Throws<ImageAccessException>(() => FaceImage.FromFile("/nowhere/face.jpg"));

        Assert.Equal("/nowhere/face.jpg: no such file", error.Message);
        Assert.Equal(("image-not-found", ErrorCategory.ImageNotFound), (error.Code, error.Category));
    }

    [Fact]
    public void Error_says_so_when_the_path_is_a_folder()
    {
        ImageAccessException error = Assert.Throws<ImageAccessException>(() => FaceImage.FromFile(Path.GetTempPath()));

        Assert.Contains("this is a folder", error.Message, StringComparison.Ordinal);
        Assert.Equal(("image-unreadable", ErrorCategory.ImageUnreadable), (error.Code, error.Category));
    }

    [Fact]
    public void Error_says_so_when_reading_is_denied()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root may read everything");
        if (OperatingSystem.IsWindows())
            return;
        string path = Path.GetTempFileName();
        File.SetUnixFileMode(path, UnixFileMode.None);
        ImageAccessException error = Assert.Throws<ImageAccessException>(() => FaceImage.FromFile(path));

        Assert.Contains("cannot be read: permission", error.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void Pixel_limit_holds_before_anything_is_decoded()
    {
        byte[] png = PngWriter.Write(30_000, 30_000, 8, PngWriter.Rgb, []);
        ImageTooLargeException error = Assert.Throws<ImageTooLargeException>(() => FaceImage.FromBytes(png, "bomb.png"));

        Assert.Equal((30_000, 30_000, 100_000_000L), (error.Width, error.Height, error.Limit));
        Assert.Contains("900 million, the limit is 100 million", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixel_limit_can_be_chosen()
    {
        byte[] jpeg = TestFiles.Jpeg(100, 60);
        using FaceImage image = FaceImage.FromBytes(jpeg, "fits", new() { PixelLimit = 6000 });

        Assert.Equal(100, image.FullResolution.Width);
        Assert.Throws<ImageTooLargeException>(() => FaceImage.FromBytes(jpeg, "does not", new() { PixelLimit = 5999 }));
    }

    [Fact]
    public void Byte_limit_holds_for_bytes_and_streams()
    {
        byte[] jpeg = TestFiles.Jpeg(100, 60);
        ImageDecodingOptions exact = new() { ByteLimit = jpeg.Length },
            tight = new() { ByteLimit = jpeg.Length - 1 };
        using FaceImage image = FaceImage.FromStream(new MemoryStream(jpeg), "fits", exact);

        Assert.Equal(60, image.FullResolution.Height);
        Assert.Contains(
            "limit for compressed data",
            Assert.Throws<ImageFormatException>(() => FaceImage.FromStream(new MemoryStream(jpeg), "s", tight)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "limit for compressed data",
            Assert.Throws<ImageFormatException>(() => FaceImage.FromBytes(jpeg, "b", tight)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Truncated_png_says_after_how_many_rows_it_ends()
    {
        byte[] rows16 = new byte[3 * 40];
        byte[] png = PngWriter.Write(40, 64, 8, PngWriter.Rgb, [.. Enumerable.Repeat(rows16, 16)]);

        Assert.Contains("of 64 rows", Problem(png), StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_jpeg_says_after_how_many_rows_it_ends()
    {
        string problem = Problem(TestFiles.Truncated(TestFiles.Jpeg(640, 480), 0.5));
        string rows = System
            .Text.RegularExpressions.Regex.Match(problem, @"ends before the picture is complete: after (\d+) of 480 rows")
            .Groups[1]
            .Value;

        Assert.InRange(int.Parse(rows), 160, 320);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Truncated_file_is_an_error_wherever_it_ends(SKEncodedImageFormat format)
    {
        byte[] file = TestFiles.Encode(TestPixels.Random(96, 80, PixelFormat.Rgb24, seed: 5), format);

        for (double share = 0.1; share < 0.96; share += 0.05)
            Assert.NotEmpty(Problem(TestFiles.Truncated(file, share)));
    }

    [Fact]
    public void Truncated_jpeg_is_an_error_at_reduced_scale_too()
    {
        using FaceImage image = FaceImage.FromBytes(TestFiles.Truncated(TestFiles.Jpeg(640, 480), 0.5), "half.jpg");

        Assert.Contains("ends before", Assert.Throws<ImageFormatException>(() => image.AtScale(0.25)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(95)]
    [InlineData(100)]
    public void Zeros_inside_webp_are_warned_of(int quality)
    {
        byte[] sound = TestFiles.Encode(TestPixels.Random(320, 240, PixelFormat.Rgb24, seed: 5), SKEncodedImageFormat.Webp, quality),
            damaged = [.. sound];
        damaged.AsSpan(sound.Length / 2, 200).Clear();

        Assert.Empty(Warnings(sound));
        Assert.Contains($"zeros from byte {sound.Length / 2} on", Assert.Single(Warnings(damaged)), StringComparison.Ordinal);
    }

    [Fact]
    public void Webp_of_one_colour_is_not_warned_of() =>
        Assert.All([1, 50, 100], quality =>
            Assert.Empty(
                Warnings(
                    TestFiles.Encode(
                        new(new byte[3 * 2000 * 1500], 2000, 1500, 3 * 2000, PixelFormat.Rgb24),
                        SKEncodedImageFormat.Webp,
                        quality
                    )
                )
            )
        );

    private static IReadOnlyList<string> Warnings(byte[] file)
    {
        using FaceImage image = FaceImage.FromBytes(file, "picture");
        _ = image.FullResolution;
        return image.Warnings;
    }

    private static string Problem(byte[] file) =>
        Assert
            .Throws<ImageFormatException>(() =>
            {
                using FaceImage image = FaceImage.FromBytes(file, "cut");
                _ = image.FullResolution;
            })
            .Message;
}
