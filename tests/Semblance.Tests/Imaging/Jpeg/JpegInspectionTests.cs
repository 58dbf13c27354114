using Semblance.Imaging;
using Semblance.Tests.Support;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Tests.Imaging.Jpeg;

public class JpegInspectionTests
{
    private const int Width = 320,
        Height = 240;

    /// <summary>Noise, so that codes are everywhere.</summary>
    private static byte[] Photograph()
    {
        Random random = new(3);
        byte[] pixels = new byte[Width * Height * 3];
        random.NextBytes(pixels);
        return TestFiles.Encode(new(pixels, Width, Height, Width * 3, PixelFormat.Rgb24), SKEncodedImageFormat.Jpeg, quality: 60);
    }

    [Fact]
    public void Complete_picture_has_no_warnings()
    {
        using FaceImage image = FaceImage.FromBytes(Photograph(), "photo.jpg");

        _ = image.FullResolution;

        Assert.Empty(image.Warnings);
    }

    [Fact]
    public void Picture_that_lacks_only_its_end_marker_is_accepted_with_the_same_pixels()
    {
        byte[] whole = Photograph();
        using FaceImage expected = FaceImage.FromBytes(whole, "whole.jpg"),
            image = FaceImage.FromBytes(whole.AsMemory(0, whole.Length - 2), "cut.jpg");

        Assert.Equal(expected.FullResolution.Memory.ToArray(), image.FullResolution.Memory.ToArray());
        Assert.Empty(image.Warnings);
        Assert.Equal(expected.AtScale(0.5).Pixels.Memory.ToArray(), image.AtScale(0.5).Pixels.Memory.ToArray());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.98)]
    public void Picture_that_ends_early_is_refused_with_the_row_it_ends_at(double share)
    {
        byte[] whole = Photograph();
        using FaceImage image = FaceImage.FromBytes(whole.AsMemory(0, (int)(whole.Length * share)), "cut.jpg");

        ImageFormatException error = Assert.Throws<ImageFormatException>(() => image.FullResolution);

        Assert.Matches(@"^cut\.jpg: the JPEG data ends before the picture is complete: after \d+ of 240 rows", error.Message);
    }

    [Fact]
    public void Picture_that_ends_early_is_refused_also_with_an_end_marker_glued_on()
    {
        byte[] whole = Photograph();
        byte[] cut = [.. whole.AsSpan(0, whole.Length / 2), 0xFF, 0xD9];
        using FaceImage image = FaceImage.FromBytes(cut, "cut.jpg");

        Assert.Throws<ImageFormatException>(() => image.FullResolution);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Zeros_inside_are_warned_of_or_refused(double place)
    {
        byte[] damaged = Photograph();
        damaged.AsSpan((int)(damaged.Length * place), 400).Clear();

        Assert.Matches("damaged|complete", Judge(damaged));
    }

    [Fact]
    public void Hole_inside_is_warned_of_or_refused()
    {
        byte[] whole = Photograph();
        byte[] damaged = [.. whole.AsSpan(0, whole.Length / 2), .. whole.AsSpan(whole.Length / 2 + 600)];

        Assert.Matches("damaged|complete", Judge(damaged));
    }

    [Fact]
    public void Progressive_picture_is_accepted_whole_and_refused_at_a_tenth_a_half_and_nearly_all_of_it()
    {
        string tar = ReferenceData.RequireUnpacked("data/photos.tar");
        byte[] whole = File.ReadAllBytes(Directory.GetFiles(tar, "man_angry_small.jpg", SearchOption.AllDirectories)[0]);

        Assert.Equal("", Judge(whole));
        Assert.Equal("", Judge(whole[..^2]));
        foreach (double share in new[] { 0.3, 0.5, 0.8, 0.97 })
            Assert.Contains("ends before the picture is complete", Judge(whole[..(int)(whole.Length * share)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_of_scans_are_refused_before_they_keep_the_decoder_busy()
    {
        string tar = ReferenceData.RequireUnpacked("data/photos.tar");
        byte[] whole = File.ReadAllBytes(Directory.GetFiles(tar, "group_10mp.jpg", SearchOption.AllDirectories)[0]);
        // A refinement of one coefficient that changes nothing, over and over.
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 1, 0, 0];
        byte[] bomb = [.. whole[..^2], .. Enumerable.Repeat(scan, 5000).SelectMany(bytes => bytes), 0xFF, 0xD9];

        Assert.Contains("scans or more", Judge(bomb), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpeg_without_EOI.jpg", "^$")]
    [InlineData("jpeg_4k_missing_inside.jpg", "damaged")]
    [InlineData("progressive_cut_to_10pc.jpg", "ends before the picture is complete")]
    public void Known_case_is_judged_rightly(string name, string expected) =>
        Assert.Matches(expected, Judge(File.ReadAllBytes(ReferenceData.Require("data/cases/" + name))));

    /// <summary>Warnings, or the error.</summary>
    private static string Judge(byte[] file)
    {
        try
        {
            using FaceImage image = FaceImage.FromBytes(file, "photo.jpg");
            _ = image.FullResolution;
            return string.Join("; ", image.Warnings);
        }
        catch (ImageFormatException e)
        {
            return e.Message;
        }
    }
}
