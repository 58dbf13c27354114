using Semblance.Hiding;
using Semblance.Imaging;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Tests.Hiding;

public sealed class FaceHiderTests : IDisposable
{
    private readonly FaceAnalyzer _analyzer = FaceAnalyzer.CreateDefault();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _analyzer.Dispose();

    [Theory]
    [InlineData(HideStyle.Blur)]
    [InlineData(HideStyle.Pixelate)]
    [InlineData(HideStyle.Box)]
    public Task Hidden_face_is_recognised_by_nobody(HideStyle style) => RequireHiddenAsync(ReferenceData.Sample("astronaut.png"), style, 1);

    [Theory]
    [InlineData("family_four.jpg", 4)]
    [InlineData("group_two_rows.jpg", 6)]
    [InlineData("mask_white_1.jpg", 1)]
    [InlineData("man_angry_small.jpg", 1)]
    public Task Faces_of_photographs_are_recognised_by_nobody(string photo, int faces) =>
        RequireHiddenAsync(Path.Combine(ReferenceData.RequireUnpacked("data/photos.tar"), photo), HideStyle.Blur, faces);

    [Theory]
    [InlineData("blurred_dark.jpg")]
    [InlineData("child_headband.jpg")]
    [InlineData("four_on_grass.jpg")]
    [InlineData("teen_long_hair.jpg")]
    public async Task Hidden_face_is_no_face_to_the_detector(string photo)
    {
        using HiddenPicture copy = await HideAsync(Path.Combine(ReferenceData.RequireUnpacked("data/photos.tar"), photo), HideStyle.Blur);
        using MemoryStream file = new();
        copy.Encode(file, SKEncodedImageFormat.Jpeg, HideOptions.Default.Quality);
        using FaceImage image = FaceImage.FromBitmap(copy.Pixels),
            written = FaceImage.FromBytes(file.ToArray(), photo);
        Assert.Empty((await _analyzer.AnalyzeAsync(image, FaceFeatures.None, Stop)).Faces!);
        Assert.Empty((await _analyzer.AnalyzeAsync(written, FaceFeatures.None, Stop)).Faces!);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task Copy_is_checked_as_the_file_shows_it_that_it_is_written_to(SKEncodedImageFormat format)
    {
        string photo = Path.Combine(ReferenceData.RequireUnpacked("data/photos.tar"), "child_headband.jpg");
        HideOptions options = new() { Format = format };
        using HiddenPicture copy = await new FaceHider(_analyzer).HideAsync(PictureItem.FromFile(photo), options, cancellationToken: Stop);
        using MemoryStream file = new();
        copy.Encode(file, format, options.Quality);
        using FaceImage written = FaceImage.FromBytes(file.ToArray(), photo);
        Assert.Equal(1, copy.Hidden);
        Assert.Empty((await _analyzer.AnalyzeAsync(written, FaceFeatures.None, Stop)).Faces!);
    }

    [Fact]
    public void Format_that_is_not_written_is_refused() =>
        Assert.Throws<InvalidOptionsException>(() => new HideOptions { Format = SKEncodedImageFormat.Gif }.Validate());

    [Fact]
    public async Task Face_that_is_to_stay_is_left_as_it_is()
    {
        string photo = ReferenceData.Sample("astronaut.png");
        using HiddenPicture copy = await new FaceHider(_analyzer).HideAsync(
            PictureItem.FromFile(photo),
            keep: (faces, _) => ValueTask.FromResult<IReadOnlyList<bool>>([.. faces.Select(_ => true)]),
            cancellationToken: Stop
        );
        using FaceImage before = FaceImage.FromFile(photo),
            after = FaceImage.FromBitmap(copy.Pixels);
        Assert.Equal((0, 1), (copy.Hidden, copy.Kept));
        for (int y = 0; y < before.Height; y++)
        for (int x = 0; x < before.Width; x++)
            Assert.Equal(before.FullResolution.Row(y).Slice(4 * x, 3), after.FullResolution.Row(y).Slice(4 * x, 3));
    }

    [Fact]
    public async Task Picture_around_the_face_stays_as_it_is()
    {
        using HiddenPicture copy = await HideAsync(ReferenceData.Sample("astronaut.png"), HideStyle.Box);
        using FaceImage before = FaceImage.FromFile(ReferenceData.Sample("astronaut.png")),
            after = FaceImage.FromBitmap(copy.Pixels);
        Assert.Equal(before.FullResolution.Row(500)[..400], after.FullResolution.Row(500)[..400]);
    }

    [Fact]
    public async Task Picture_without_a_face_is_copied()
    {
        using HiddenPicture copy = await HideAsync(ReferenceData.Sample("chelsea.png"), HideStyle.Blur);
        Assert.Equal((0, 0, 0), (copy.Hidden, copy.Kept, copy.Boxed));
    }

    [Fact]
    public async Task Copy_has_no_metadata()
    {
        string photo = ReferenceData.Sample("astronaut-exif6.jpg");
        Assert.Contains("Exif", Text(File.ReadAllBytes(photo)), StringComparison.Ordinal);
        using HiddenPicture copy = await HideAsync(photo, HideStyle.Blur);
        using MemoryStream stream = new();
        copy.Encode(stream, SKEncodedImageFormat.Jpeg, 92);
        Assert.DoesNotContain("Exif", Text(stream.ToArray()), StringComparison.Ordinal);

        static string Text(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);
    }

    [Fact]
    public void Options_name_all_problems_at_once()
    {
        var error = Assert.Throws<InvalidOptionsException>(() => new HideOptions { Margin = -1, Quality = 0 }.Validate());
        Assert.Equal(2, error.Problems.Count);
    }

    private async Task<HiddenPicture> HideAsync(string photo, HideStyle style) =>
        await new FaceHider(_analyzer).HideAsync(PictureItem.FromFile(photo), new() { Style = style }, cancellationToken: Stop);

    /// <summary>Every face that is found on the copy, wherever it is, is compared with every face of the picture at the most lenient rate
    /// of the calibration.</summary>
    private async Task RequireHiddenAsync(string photo, HideStyle style, int faces)
    {
        ImageAnalysis before = await _analyzer.AnalyzeAsync(photo, FaceFeatures.Embedding, Stop);
        using HiddenPicture copy = await HideAsync(photo, style);
        Assert.Equal(faces, copy.Hidden);
        using FaceImage image = FaceImage.FromBitmap(copy.Pixels);
        ImageAnalysis after = await _analyzer.AnalyzeAsync(image, FaceFeatures.Embedding, Stop);
        double lenient = _analyzer.Matcher.Thresholds!.LargestRate;
        foreach (AnalyzedFace found in after.Faces!)
        foreach (AnalyzedFace face in before.Faces!)
            Assert.False(
                _analyzer.Matcher.Compare(found.Embedding!, face.Embedding!, new() { FalseMatchRate = Math.Min(lenient, 1e-2) }).Match,
                $"a face of {photo} is still recognised at {found.Box}"
            );
    }
}
