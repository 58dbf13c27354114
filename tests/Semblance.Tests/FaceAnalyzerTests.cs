using Semblance.Imaging;
using Semblance.Matching;
using Semblance.Quality;
using Semblance.TestSupport;

namespace Semblance.Tests;

public sealed class FaceAnalyzerTests
{
    private static string Astronaut => ReferenceData.Sample("astronaut.png");

    [Fact]
    public async Task Analyze_finds_the_face_of_a_portrait_with_quality_and_embedding()
    {
        ImageAnalysis analysis = await TestModels.Analyzer.AnalyzeAsync(
            Astronaut,
            FaceFeatures.Quality | FaceFeatures.Embedding,
            TestContext.Current.CancellationToken
        );
        AnalyzedFace face = Assert.Single(analysis.Faces!);
        Assert.True(face.Box.IntersectionOverUnion(new FaceBox(180, 54, 92, 124)) > 0.9);
        Assert.True(face.Quality!.Score > 0.8);
        Assert.Equal(512, face.Embedding!.Dimension);
        Assert.Equal(1, face.Embedding.Vector.ToArray().Sum(x => (double)x * x), 1e-5);
    }

    [Fact]
    public async Task Quality_is_the_same_whether_the_embedding_is_asked_for_or_not()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        ImageAnalysis alone = await TestModels.Analyzer.AnalyzeAsync(Astronaut, FaceFeatures.Quality, stop),
            both = await TestModels.Analyzer.AnalyzeAsync(Astronaut, FaceFeatures.Quality | FaceFeatures.Embedding, stop);
        Assert.Null(alone.Faces![0].Embedding);
        Assert.Equal(both.Faces![0].Quality!.Score, alone.Faces[0].Quality!.Score);
        Assert.Equal(
            both.Faces[0].Embedding!.Norm,
            alone.Faces[0].Quality!.Components.Single(component => component.Name == QualityComponent.EmbeddingNorm).Value,
            1e-3
        );
    }

    [Theory]
    [InlineData("mask_white_1.jpg")]
    [InlineData("profile_woman.jpg")]
    public async Task A_covered_face_or_a_profile_is_hard_to_recognise(string photo)
    {
        string file = Path.Combine(ReferenceData.RequireUnpacked("data/photos.tar"), photo);
        ImageAnalysis analysis = await TestModels.Analyzer.AnalyzeAsync(file, FaceFeatures.Quality, TestContext.Current.CancellationToken);
        FaceQuality quality = Assert.Single(analysis.Faces!).Quality!;
        Assert.InRange(quality.Score, 0, 0.7);
        Assert.Contains(quality.Reasons, reason => reason.StartsWith("hard to recognise"));
    }

    [Fact]
    public async Task Analyze_gives_only_what_was_asked_for()
    {
        ImageAnalysis analysis = await TestModels.Analyzer.AnalyzeAsync(
            Astronaut,
            FaceFeatures.None,
            TestContext.Current.CancellationToken
        );
        AnalyzedFace face = Assert.Single(analysis.Faces!);
        Assert.Null(face.Quality);
        Assert.Null(face.Embedding);
        Assert.Null(analysis.Timings!.Embed);
    }

    [Fact]
    public async Task Verify_matches_a_photograph_with_its_darker_version()
    {
        VerificationResult result = await TestModels.Analyzer.VerifyAsync(
            Astronaut,
            ReferenceData.Sample("astronaut-dim.jpg"),
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.True(result.Match);
        Assert.InRange(result.Similarity, 0.9, 1);
        Assert.Equal(1e-4, result.FalseMatchRate);
        Assert.True(result.Probability > 0.99);
        Assert.Equal(1, result.A.FacesFound);
    }

    [Fact]
    public async Task Verify_refuses_a_picture_without_a_face()
    {
        NoFaceException error = await Assert.ThrowsAsync<NoFaceException>(() =>
            TestModels.Analyzer.VerifyAsync(
                Astronaut,
                ReferenceData.Sample("chelsea.png"),
                cancellationToken: TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("chelsea.png", error.Message);
    }

    [Fact]
    public async Task Verify_refuses_a_rate_that_was_not_measured()
    {
        UnsupportedRateException error = await Assert.ThrowsAsync<UnsupportedRateException>(() =>
            TestModels.Analyzer.VerifyAsync(Astronaut, Astronaut, new() { FalseMatchRate = 1e-9 }, TestContext.Current.CancellationToken)
        );
        Assert.Equal(1e-6, error.Smallest);
    }

    [Fact]
    public async Task A_photograph_turned_by_EXIF_gives_the_same_person_upright()
    {
        VerificationResult result = await TestModels.Analyzer.VerifyAsync(
            Astronaut,
            ReferenceData.Sample("astronaut-exif6.jpg"),
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.InRange(result.Similarity, 0.95, 1);
        Assert.True(result.B.Face.Landmarks.RightEye.X < result.B.Face.Landmarks.LeftEye.X);
    }

    [Fact]
    public async Task AnalyzeMany_keeps_the_order_and_reports_failures_in_place()
    {
        string[] files = [Astronaut, "missing.jpg", ReferenceData.Sample("chelsea.png"), ReferenceData.Sample("astronaut-dim.jpg")];
        List<ImageAnalysis> results = [];
        await foreach (
            ImageAnalysis item in TestModels.Analyzer.AnalyzeManyAsync(files, FaceFeatures.None, TestContext.Current.CancellationToken)
        )
            results.Add(item);
        Assert.Equal(files, results.Select(result => result.Input));
        Assert.Equal([1, -1, 0, 1], results.Select(result => result.Faces?.Count ?? -1));
        Assert.Equal("image-not-found", results[1].Error!.Code);
    }

    [Fact]
    public async Task Threads_that_share_an_analyzer_get_the_single_threaded_results()
    {
        string[] files =
        [
            Astronaut,
            ReferenceData.Sample("astronaut-dim.jpg"),
            ReferenceData.Sample("astronaut-exif6.jpg"),
            ReferenceData.Sample("chelsea.png"),
        ];
        string[] expected = [.. files.Select(Describe)];
        string[][] shared = await Task.WhenAll(
            Enumerable
                .Range(0, 32)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () => files.Select(Describe).ToArray(),
                        TestContext.Current.CancellationToken,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );
        Assert.All(shared, results => Assert.Equal(expected, results));

        static string Describe(string file)
        {
            using FaceImage image = FaceImage.FromFile(file);
            ImageAnalysis analysis = TestModels.Analyzer.Analyze(image, FaceFeatures.Embedding);
            return string.Join(
                ';',
                analysis.Faces!.Select(face => $"{face.Box} {face.Score:R} {string.Join(',', face.Embedding!.Vector.ToArray())}")
            );
        }
    }
}
