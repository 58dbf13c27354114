using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.TestSupport;

namespace Semblance.Tests;

public sealed class FaceAnalyzerBuilderTests
{
    [Fact]
    public async Task A_built_analyzer_stays_as_it_is_whatever_the_builder_is_told_afterwards()
    {
        FaceAnalyzerBuilder builder = FaceAnalyzer.CreateBuilder().UseCatalog(TestModels.Catalog).UseExecution(TestModels.OneThread);
        using FaceAnalyzer first = builder.Build();
        builder.UseEmbedding(new() { Flip = true }).UseDetection(new() { MinScore = 1 }).UseDetector("blazeface-full");
        using FaceAnalyzer second = builder.Build();
        Assert.Equal(TestModels.Embedder.Contract, first.Embedder.Contract);
        Assert.Equal("retinaface-wider", first.Detector.Id);
        Assert.Equal(TestModels.Embedder.Contract + "+flip", second.Embedder.Contract);
        ImageAnalysis analysis = await first.AnalyzeAsync(
            PictureItem.FromFile(ReferenceData.Sample("astronaut.png")),
            FaceFeatures.Embedding,
            TestContext.Current.CancellationToken
        );
        Assert.Equal("retinaface-wider", analysis.Detector);
        Assert.Equal(TestModels.Embedder.Contract, Assert.Single(analysis.Faces!).Embedding!.Contract);
    }

    [Fact]
    public void Options_changed_after_a_builder_took_them_change_nothing()
    {
        FaceAnalyzerOptions options = new() { Catalog = TestModels.Catalog, Execution = TestModels.OneThread };
        FaceAnalyzerBuilder builder = new(options);
        options.Detector = "blazeface-short";
        options.AttributeModels[ModelKind.Age] = "nobody";
        using FaceAnalyzer analyzer = builder.Build();
        Assert.Equal("retinaface-wider", analyzer.Detector.Id);
        Assert.Equal("age-gender", Assert.Single(analyzer.AttributeModelsFor(FaceFeatures.Age)).Id);
    }

    [Fact]
    public void The_default_detector_is_the_best_one_that_is_there_and_may_be_used()
    {
        using FaceAnalyzer all = Builder().Build(),
            permitted = Builder().CommercialUseOnly().Build();
        Assert.Equal(("retinaface-wider", "mtcnn"), (all.Detector.Id, permitted.Detector.Id));
        Assert.Equal("mtcnn", FaceDetectors.DefaultIn(new ModelCatalog()));

        static FaceAnalyzerBuilder Builder() =>
            FaceAnalyzer.CreateBuilder().UseCatalog(TestModels.Catalog).UseExecution(TestModels.OneThread);
    }

    [Fact]
    public async Task A_warmed_analyzer_loads_nothing_more()
    {
        const FaceFeatures Features = FaceFeatures.Embedding | FaceFeatures.Age | FaceFeatures.Emotion;
        using FaceAnalyzer analyzer = FaceAnalyzer
            .CreateBuilder()
            .UseCatalog(TestModels.Catalog)
            .UseExecution(TestModels.OneThread)
            .Build();
        await analyzer.WarmAsync(Features, TestContext.Current.CancellationToken);
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        StageTimings first = analyzer.Analyze(image, Features, TestContext.Current.CancellationToken).Timings!;
        double[] later =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(_ => analyzer.Analyze(image, Features, TestContext.Current.CancellationToken).Timings!.Attributes!.Value),
        ];
        // Loading the networks of two attributes takes some twenty times as long as asking them.
        Assert.InRange(first.Attributes!.Value, 0, 8 * later.Max());
    }
}
