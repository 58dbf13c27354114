using ImageMagick;
using Semblance.TestSupport;

namespace Semblance.Imaging.Magick.Tests;

public sealed class MagickDecoderTests
{
    private static readonly ImageDecodingOptions WithDecoder = new() { Decoders = [MagickDecoder.Instance] };

    [Theory]
    [InlineData(MagickFormat.Avif, 90)]
    [InlineData(MagickFormat.Tiff, 100)]
    public void Photograph_is_read_as_from_its_own_format(MagickFormat format, uint quality)
    {
        using FaceImage expected = FaceImage.FromFile(ReferenceData.Sample("astronaut.png")),
            read = FaceImage.FromBytes(Converted(format, image => image.Quality = quality), "photo", WithDecoder);
        Assert.Equal((expected.Width, expected.Height), (read.Width, read.Height));
        Assert.InRange(MeanDifference(expected, read), 0, format == MagickFormat.Tiff ? 0 : 2.5);
    }

    [Fact]
    public async Task Face_is_found_on_what_a_phone_made()
    {
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateBuilder().UseDecoding(WithDecoder).Build();
        VerificationResult same = await analyzer.VerifyAsync(
            PictureItem.FromBytes("phone.avif", Converted(MagickFormat.Avif, _ => { })),
            PictureItem.FromFile(ReferenceData.Sample("astronaut.png")),
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.InRange(same.Similarity, 0.95, 1);
    }

    [Theory]
    [InlineData(Orientation.RightTop, true)]
    [InlineData(Orientation.BottomRight, false)]
    [InlineData(Orientation.LeftBottom, true)]
    public void Scan_that_lies_on_its_side_is_put_upright(Orientation orientation, bool swaps)
    {
        byte[] bytes = Converted(MagickFormat.Tiff, image =>
        {
            image.Crop(200, 100);
            image.ResetPage();
            image.Orientation = orientation;
        });
        using FaceImage read = FaceImage.FromBytes(bytes, "scan", WithDecoder);
        Assert.Equal(swaps ? (100, 200) : (200, 100), (read.Width, read.Height));
        Assert.Equal((read.Width, read.Height), (read.FullResolution.Width, read.FullResolution.Height));
        using MagickImage upright = new(bytes);
        upright.AutoOrient();
        byte[] pixels = upright.GetPixels().ToByteArray(PixelMapping.RGB)!;
        Assert.Equal(pixels[..3], read.FullResolution.Row(0)[..3].ToArray());
    }

    [Fact]
    public void Colour_profile_is_turned_into_srgb()
    {
        // The same bytes of red, once as they are and once declared as those of a wider space: there they are a redder red.
        byte[] plain = Red(null),
            wide = Red(ColorProfiles.AdobeRGB1998);
        Assert.Equal([200, 40, 40], First(plain));
        byte[] turned = First(wide);
        Assert.InRange(turned[0], 225, 240);
        Assert.InRange(turned[1], 30, 42);

        static byte[] Red(ColorProfile? profile)
        {
            using MagickImage image = new(MagickColor.FromRgb(200, 40, 40), 16, 16) { Format = MagickFormat.Tiff };
            if (profile is not null)
                image.SetProfile(profile);
            return image.ToByteArray(MagickFormat.Tiff);
        }

        static byte[] First(byte[] bytes)
        {
            using FaceImage image = FaceImage.FromBytes(bytes, "scan", WithDecoder);
            return image.FullResolution.Row(0)[..3].ToArray();
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    public void More_bits_than_eight_become_eight(uint depth)
    {
        byte[] bytes = Converted(MagickFormat.Avif, image =>
        {
            image.Depth = depth;
            image.Quality = 90;
        });
        using FaceImage expected = FaceImage.FromFile(ReferenceData.Sample("astronaut.png")),
            read = FaceImage.FromBytes(bytes, "deep", WithDecoder);
        Assert.InRange(MeanDifference(expected, read), 0, 2.5);
    }

    [Fact]
    public void Transparent_picture_is_put_on_white()
    {
        using MagickImage image = new(MagickColors.Transparent, 8, 8);
        using FaceImage read = FaceImage.FromBytes(image.ToByteArray(MagickFormat.Tiff), "clear", WithDecoder);
        Assert.Equal([255, 255, 255], read.FullResolution.Row(3)[..3].ToArray());
    }

    [Fact]
    public void Limit_of_pixels_holds_before_decoding()
    {
        byte[] bytes = Converted(MagickFormat.Tiff, _ => { });
        Assert.Throws<ImageTooLargeException>(() => FaceImage.FromBytes(bytes, "large", WithDecoder with { PixelLimit = 1000 }));
    }

    [Theory]
    [InlineData(MagickFormat.Avif)]
    [InlineData(MagickFormat.Tiff)]
    public void Picture_that_is_cut_off_is_refused_by_name(MagickFormat format)
    {
        byte[] bytes = Converted(format, _ => { });
        var error = Assert.Throws<ImageFormatException>(() =>
        {
            using FaceImage image = FaceImage.FromBytes(bytes.AsMemory(0, bytes.Length / 2), "half", WithDecoder);
            _ = image.FullResolution;
        });
        Assert.StartsWith("half: the ", error.Message, StringComparison.Ordinal);
        // Neither the file that ImageMagick made for itself nor the place in its source.
        Assert.DoesNotContain("/", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zeros_inside_a_picture_are_warned_of()
    {
        byte[] sound = Converted(MagickFormat.Avif, _ => { }),
            damaged = [.. sound];
        int at = sound.Length * 3 / 4;
        damaged.AsSpan(at, 300).Clear();
        Assert.Null(MagickDecoder.Instance.FindDamage(sound));
        Assert.Contains($"zeros from byte {at} on", MagickDecoder.Instance.FindDamage(damaged), StringComparison.Ordinal);
        using FaceImage image = FaceImage.FromBytes(sound, "sound", WithDecoder);
        _ = image.FullResolution;
        Assert.Empty(image.Warnings);
    }

    [Theory]
    [InlineData("hvc1", 8, true)]
    [InlineData("hvc1", 7, false)]
    [InlineData("av01", 8, false)]
    [InlineData("Exif", 100, false)]
    public void Zeros_are_looked_for_in_coded_pictures_alone(string item, int zeros, bool found)
    {
        byte[] data = [1, .. new byte[zeros], 1],
            entry = Box("infe", [2, 0, 0, 0, 0, 1, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(item), 0]);
        byte[] file = File(0);
        file = File(file.Length - data.Length);
        Assert.Equal(found ? $"from byte {file.Length - data.Length + 1} on" : null, Found(MagickDecoder.Instance.FindDamage(file)));

        byte[] File(int at) =>
            [
                .. Box("ftyp", [.. "heic"u8, 0, 0, 0, 0]),
                .. Box(
                    "meta",
                    [
                        .. new byte[4],
                        .. Box("iinf", [0, 0, 0, 0, 0, 1, .. entry]),
                        .. Box("iloc", [0, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, (byte)at, 0, 0, 0, (byte)data.Length]),
                    ]
                ),
                .. Box("mdat", data),
            ];

        static byte[] Box(string name, byte[] content) =>
            [0, 0, 0, (byte)(content.Length + 8), .. System.Text.Encoding.ASCII.GetBytes(name), .. content];

        static string? Found(string? damage) =>
            damage is null
                ? null
                : damage[damage.IndexOf("from", StringComparison.Ordinal)..damage.IndexOf(" for a", StringComparison.Ordinal)];
    }

    [Fact]
    public void Picture_names_the_package_where_it_is_not_used()
    {
        var error = Assert.Throws<ImageFormatException>(() => FaceImage.FromBytes(Converted(MagickFormat.Avif, _ => { }), "photo"));
        Assert.Contains("Semblance.Imaging.Magick", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Formats_that_are_not_asked_for_are_not_read()
    {
        byte[] svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"u8.ToArray();
        Assert.Null(MagickDecoder.Instance.Identify(svg));
        Assert.Null(MagickDecoder.Instance.Identify(File.ReadAllBytes(ReferenceData.Sample("astronaut.png"))));
        Assert.Throws<InvalidDataException>(() => MagickDecoder.Instance.ReadSize(svg));
    }

    [Theory]
    [InlineData("6674797068656963", "HEIF")]
    [InlineData("6674797068657663", "HEIF")]
    [InlineData("667479706d696631", "HEIF")]
    [InlineData("6674797061766966", "AVIF")]
    [InlineData("6674797069736f6d", null)]
    public void Brand_of_the_container_tells_the_format(string brand, string? format) =>
        Assert.Equal(format, MagickDecoder.Instance.Identify(Convert.FromHexString("00000018" + brand + "0000000000000000")));

    private static byte[] Converted(MagickFormat format, Action<MagickImage> change)
    {
        using MagickImage image = new(ReferenceData.Sample("astronaut.png"));
        image.Strip();
        change(image);
        return image.ToByteArray(format);
    }

    private static double MeanDifference(FaceImage a, FaceImage b)
    {
        long sum = 0,
            count = 0;
        for (int y = 0; y < a.Height; y++)
        {
            ReadOnlySpan<byte> rowA = a.FullResolution.Row(y),
                rowB = b.FullResolution.Row(y);
            for (int x = 0; x < rowA.Length; x++)
                if (x % 4 != 3)
                {
                    sum += Math.Abs(rowA[x] - rowB[x]);
                    count++;
                }
        }
        return (double)sum / count;
    }
}
