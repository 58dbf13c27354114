using Semblance.Detection;
using Semblance.Evaluation.Degrading;
using Semblance.Imaging;

namespace Semblance.Evaluation.Tests.Degrading;

public sealed class PictureDegradationTests
{
    private static readonly DetectedFace Face = new(
        new(10, 8, 40, 40),
        1,
        new(new(22, 22), new(38, 22), new(30, 30), new(24, 38), new(36, 38))
    );

    [Theory]
    [InlineData("blur:4", DegradationKind.Blur, 4)]
    [InlineData("Size:28", DegradationKind.Size, 28)]
    [InlineData("gamma:0.4", DegradationKind.Gamma, 0.4)]
    [InlineData("grey", DegradationKind.Grey, 0)]
    [InlineData("turn:180", DegradationKind.Turn, 180)]
    [InlineData("zoom:0.8", DegradationKind.Zoom, 0.8)]
    [InlineData("across:-0.1", DegradationKind.Across, -0.1)]
    public void Degradation_is_read_as_it_is_typed(string text, DegradationKind kind, double amount) =>
        Assert.Equal(new(kind, amount), PictureDegradation.Parse(text));

    [Theory]
    [InlineData("fog:2")]
    [InlineData("blur")]
    [InlineData("blur:-1")]
    [InlineData("jpeg:101")]
    [InlineData("grey:3")]
    [InlineData("turn:45")]
    [InlineData("zoom:0")]
    [InlineData("down:0.6")]
    [InlineData("3")]
    public void What_is_no_degradation_is_refused(string text) => Assert.Throws<EvaluationException>(() => PictureDegradation.Parse(text));

    [Theory]
    [InlineData("blur:3")]
    [InlineData("size:10")]
    [InlineData("noise:20")]
    [InlineData("jpeg:5")]
    [InlineData("mask")]
    [InlineData("mirror")]
    [InlineData("zoom:0.8")]
    [InlineData("across:0.1")]
    public void Degradation_keeps_the_size_and_gives_the_same_pixels_again(string text)
    {
        byte[] once = Pixels(text, out int width, out int height),
            again = Pixels(text, out _, out _);
        Assert.Equal((64, 48), (width, height));
        Assert.Equal(once, again);
        Assert.NotEqual(Ramp(), once);
    }

    [Fact]
    public void Blur_and_reduction_flatten_what_is_fine_and_keep_the_mean()
    {
        foreach (string text in new[] { "blur:3", "size:10" })
        {
            byte[] pixels = Pixels(text, out _, out _);
            Assert.Equal(Ramp().Average(value => (double)value), pixels.Average(value => (double)value), 3.0);
            Assert.True(Roughness(pixels) < 0.4 * Roughness(Ramp()), text);
        }
    }

    [Fact]
    public void Four_quarter_turns_and_two_mirrors_give_the_picture_back()
    {
        using DegradedPicture turned = PictureDegradation.Parse("turn:90").Apply(Image(), Face, "a");
        Assert.Equal((48, 64), (turned.Image.Width, turned.Image.Height));
        using DegradedPicture back = PictureDegradation.Parse("turn:270").Apply(turned.Image, Face, "a");
        Assert.Equal(Ramp(), back.Image.FullResolution.Memory.ToArray());
        using DegradedPicture mirrored = PictureDegradation.Parse("mirror").Apply(Image(), Face, "a");
        using DegradedPicture twice = PictureDegradation.Parse("mirror").Apply(mirrored.Image, Face, "a");
        Assert.Equal(Ramp(), twice.Image.FullResolution.Memory.ToArray());
    }

    [Fact]
    public void Reframing_moves_and_enlarges_about_the_middle_and_repeats_the_border()
    {
        byte[] before = Ramp(),
            moved = Pixels("across:0.25", out int width, out int height);
        // A quarter of 64 columns to the right; what comes in at the left is the first column.
        for (int y = 0; y < height; y += 7)
        for (int x = 0; x < width; x++)
            Assert.Equal(before[3 * (y * width + Math.Max(0, x - 16))], moved[3 * (y * width + x)]);
        byte[] tighter = Pixels("zoom:2", out _, out _);
        int At(byte[] pixels, int x, int y) => pixels[3 * (y * width + x)];
        // Twice as large about (31.5, 23.5): column 31.5 + 2 d shows what was at 31.5 + d.
        double expected = (At(before, 36, 24) + At(before, 37, 24)) / 2.0;
        Assert.Equal(expected, (At(tighter, 41, 24) + At(tighter, 42, 24)) / 2.0, 6.0);
    }

    [Fact]
    public void Mask_covers_the_mouth_and_leaves_the_eyes()
    {
        byte[] before = Ramp(),
            after = Pixels("mask", out int width, out _);
        Assert.Equal(before[3 * (22 * width + 22)], after[3 * (22 * width + 22)]);
        Assert.NotEqual(before.AsSpan(3 * (38 * width + 30), 3).ToArray(), after.AsSpan(3 * (38 * width + 30), 3).ToArray());
    }

    [Fact]
    public void Size_without_a_face_is_refused() =>
        Assert.Throws<EvaluationException>(() => PictureDegradation.Parse("size:20").Apply(Image(), null, "a").Dispose());

    [Fact]
    public void Border_is_black_and_as_wide_as_asked()
    {
        using DegradedPicture roomy = DegradedPicture.WithMargin(Image(), 0.25, "a");
        Assert.Equal((96, 80), (roomy.Image.Width, roomy.Image.Height));
        Assert.Equal(0, roomy.Image.FullResolution.Memory.Span[0]);
        Assert.Equal(Ramp()[0], roomy.Image.FullResolution.Memory.Span[3 * (16 * 96 + 16)]);
    }

    private static byte[] Pixels(string text, out int width, out int height)
    {
        using DegradedPicture picture = PictureDegradation.Parse(text).Apply(Image(), Face, "a");
        (width, height) = (picture.Image.Width, picture.Image.Height);
        return picture.Image.FullResolution.Memory.ToArray();
    }

    private static FaceImage Image() => FaceImage.FromPixels(new(Ramp(), 64, 48, 3 * 64, PixelFormat.Rgb24), "ramp");

    private static byte[] Ramp() => [.. Enumerable.Range(0, 64 * 48 * 3).Select(i => (byte)(40 + i / 3 % 64 * 2 + i / 3 % 2 * 40 + i % 3))];

    private static double Roughness(byte[] pixels) =>
        Enumerable.Range(0, pixels.Length - 3).Where(i => i / 3 % 64 != 63).Average(i => Math.Abs(pixels[i + 3] - pixels[i]));
}
