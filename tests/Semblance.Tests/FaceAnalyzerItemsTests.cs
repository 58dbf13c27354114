using Semblance.Imaging;
using Semblance.TestSupport;

namespace Semblance.Tests;

public sealed class FaceAnalyzerItemsTests
{
    private static string Astronaut => ReferenceData.Sample("astronaut.png");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_bytes_streams_and_images_give_the_same_result()
    {
        byte[] bytes = await File.ReadAllBytesAsync(Astronaut, Stop);
        using FaceImage lent = FaceImage.FromFile(Astronaut);
        PictureItem[] items =
        [
            PictureItem.FromFile("face", Astronaut),
            PictureItem.FromBytes("face", bytes),
            PictureItem.FromStream("face", _ => ValueTask.FromResult<Stream>(new MemoryStream(bytes))),
            PictureItem.FromStream("face", _ => ValueTask.FromResult<Stream>(new TricklingStream(bytes))),
            PictureItem.FromImage("face", lent),
            PictureItem.FromImage("face", _ => ValueTask.FromResult(FaceImage.FromBytes(bytes, "frame"))),
        ];
        List<ImageAnalysis> results = [];
        await foreach (ImageAnalysis result in TestModels.Analyzer.AnalyzeManyAsync(items, FaceFeatures.Embedding, Stop))
            results.Add(result);
        Assert.Equal(items.Length, results.Count);
        Assert.All(results, result => Assert.Equal("face", result.Input));
        Assert.All(results, result => Assert.Equal(Vector(results[0]), Vector(result)));
        Assert.Equal(512, lent.FullResolution.Width);
    }

    [Fact]
    public async Task A_kept_image_outlives_the_analysis_until_the_result_is_disposed_of()
    {
        ImageAnalysis analysis = await TestModels.Analyzer.AnalyzeAsync(
            PictureItem.FromFile(Astronaut),
            new() { Features = FaceFeatures.Crop, KeepImage = true },
            Stop
        );
        FaceImage image = analysis.Image!;
        Assert.Equal(512, image.FullResolution.Width);
        Assert.Equal(112, Assert.Single(analysis.Faces!).Crop!.Size);
        analysis.Dispose();
        Assert.Throws<ObjectDisposedException>(() => image.FullResolution);
        Assert.Equal(112, analysis.Faces![0].Crop!.Pixels.Width);
    }

    [Fact]
    public async Task A_lent_image_stays_its_owners()
    {
        using FaceImage lent = FaceImage.FromFile(Astronaut);
        using (
            ImageAnalysis analysis = await TestModels.Analyzer.AnalyzeAsync(
                PictureItem.FromImage("a", lent),
                new() { KeepImage = true },
                Stop
            )
        )
            Assert.Same(lent, analysis.Image);
        Assert.Equal(512, lent.FullResolution.Width);
    }

    [Fact]
    public async Task The_crop_of_the_line_is_that_of_the_aligner()
    {
        using ImageAnalysis analysis = await TestModels.Analyzer.AnalyzeAsync(
            PictureItem.FromFile(Astronaut),
            new() { Features = FaceFeatures.Crop, KeepImage = true },
            Stop
        );
        AnalyzedFace face = Assert.Single(analysis.Faces!);
        byte[] expected = TestModels.Analyzer.Aligner.Align(analysis.Image!, face.Detection).Pixels.Memory.ToArray();
        Assert.Equal(expected, face.Crop!.Pixels.Memory.ToArray());
    }

    [Fact]
    public async Task Only_the_chosen_face_is_described()
    {
        string file = Path.Combine(ReferenceData.RequireUnpacked("data/photos.tar"), "historic_crowd_29.jpg");
        ImageAnalysis analysis = await TestModels.Analyzer.AnalyzeAsync(
            PictureItem.FromFile(file),
            new() { Features = FaceFeatures.Quality, FaceChoice = FaceChoice.Largest },
            Stop
        );
        Assert.True(analysis.Faces!.Count > 10);
        AnalyzedFace described = Assert.Single(analysis.Faces, face => face.Quality is not null);
        Assert.Equal(analysis.Faces.Max(face => face.Box.Area), described.Box.Area);
    }

    [Fact]
    public async Task Wrong_options_are_all_named_before_anything_is_opened()
    {
        PictureItem never = PictureItem.FromStream("never", _ => throw new InvalidOperationException("opened"));
        InvalidOptionsException error = await Assert.ThrowsAsync<InvalidOptionsException>(() =>
            TestModels.Analyzer.AnalyzeAsync(never, new() { Features = (FaceFeatures)(1 << 20), FaceChoice = (FaceChoice)99 }, Stop)
        );
        Assert.Equal(2, error.Problems.Count);
        error = await Assert.ThrowsAsync<InvalidOptionsException>(() =>
            TestModels.Analyzer.VerifyAsync(never, never, new() { FalseMatchRate = 0, Threshold = 7 }, Stop)
        );
        Assert.Equal(2, error.Problems.Count);
    }

    [Fact]
    public async Task An_error_of_the_source_comes_after_the_results_before_it()
    {
        List<string> inputs = [];
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (ImageAnalysis result in TestModels.Analyzer.AnalyzeManyAsync(Failing(), FaceFeatures.None, Stop))
                inputs.Add(result.Input);
        });
        Assert.Equal("the list ends here", error.Message);
        Assert.Equal(["0", "1"], inputs);

        static async IAsyncEnumerable<PictureItem> Failing()
        {
            for (int i = 0; i < 2; i++)
                yield return PictureItem.FromFile($"{i}", Astronaut);
            await Task.Yield();
            throw new InvalidOperationException("the list ends here");
        }
    }

    [Fact]
    public async Task A_verification_keeps_its_pictures_when_asked_to()
    {
        VerificationResult result = await TestModels.Analyzer.VerifyAsync(
            PictureItem.FromFile("a", Astronaut),
            PictureItem.FromFile("b", ReferenceData.Sample("astronaut-dim.jpg")),
            new() { KeepImages = true },
            Stop
        );
        FaceImage kept = result.B.Image!;
        Assert.Equal(("a", "b"), (result.A.Input, result.B.Input));
        Assert.True(kept.FullResolution.Width > 0);
        result.Dispose();
        Assert.Throws<ObjectDisposedException>(() => kept.FullResolution);
    }

    private static float[] Vector(ImageAnalysis analysis) => Assert.Single(analysis.Faces!).Embedding!.Vector.ToArray();

    /// <summary>A few bytes a read and no length, as a network gives them.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, 7001)], cancellationToken);
        }
    }
}
