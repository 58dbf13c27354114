using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Json;
using Semblance.Models;
using Semblance.TestSupport;

namespace Semblance.Tests.Attributes;

public sealed class AttributeStageTests : IDisposable
{
    private readonly AttributeModelFixture _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Analyzer_gives_the_attributes_asked_for_and_no_others()
    {
        using FaceAnalyzer analyzer = Analyzer();
        AnalyzedFace face = Analyze(analyzer, FaceFeatures.Age);
        Assert.True(face.Age!.IsKnown);
        Assert.Null(face.Gender);
        Assert.Null(face.Emotion);
        Assert.Null(Analyze(analyzer, FaceFeatures.Quality).Age);
    }

    [Fact]
    public void Analyzer_runs_a_model_once_for_all_that_it_gives()
    {
        CountingModel model = new();
        using (
            FaceAnalyzer analyzer = FaceAnalyzer
                .CreateBuilder()
                .UseCatalog(TestModels.Catalog)
                .UseExecution(TestModels.OneThread)
                .UseAttributes(model)
                .Build()
        )
        {
            AnalyzedFace face = Analyze(analyzer, FaceFeatures.Age | FaceFeatures.Gender);
            Assert.Equal(33, face.Age!.Value!.Years);
            Assert.Equal("no idea", face.Gender!.Unknown);
            Assert.Equal(1, model.Calls);
        }
        Assert.True(model.Disposed);
    }

    [Fact]
    public void Json_writes_an_estimate_as_itself_and_a_missing_one_as_unknown()
    {
        using FaceAnalyzer analyzer = FaceAnalyzer
            .CreateBuilder()
            .UseCatalog(TestModels.Catalog)
            .UseExecution(TestModels.OneThread)
            .UseAttributes(new CountingModel())
            .Build();
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        string json = SemblanceJson.Serialize(
            analyzer.Analyze(image, FaceFeatures.Age | FaceFeatures.Gender, TestContext.Current.CancellationToken)
        );
        Assert.Contains("\"age\":{\"years\":33,\"interval80\":[20,40]}", json);
        Assert.Contains("\"gender\":{\"unknown\":\"no idea\"}", json);
        Assert.Contains("\"attributes\":", json);
        Assert.DoesNotContain("emotion", json);
    }

    [Fact]
    public void A_model_that_is_not_installed_is_named_when_it_is_asked_for()
    {
        using FaceAnalyzer analyzer = Analyzer();
        Assert.Contains("'emotion'", Assert.Throws<ModelException>(() => Analyze(analyzer, FaceFeatures.Emotion)).Message);
        Assert.Throws<ModelException>(() => FaceAnalyzer.CreateBuilder().UseCatalog(TestModels.Catalog).UseAttributes("nobody").Build());
    }

    /// <summary>The pack's detector with a catalogue that knows no emotion.</summary>
    private FaceAnalyzer Analyzer()
    {
        _models.AgeGender();
        return FaceAnalyzer
            .CreateBuilder()
            .UseCatalog(new(_models.Catalog.Folders[0]))
            .UseDetector(new BorrowedDetector())
            .UseEmbedder(new NoEmbedder())
            .UseExecution(TestModels.OneThread)
            .UseAttributes("age")
            .Build();
    }

    private static AnalyzedFace Analyze(FaceAnalyzer analyzer, FaceFeatures features)
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        return Assert.Single(analyzer.Analyze(image, features, TestContext.Current.CancellationToken).Faces!);
    }

    /// <summary>The shared detector, which an analyzer must not dispose of.</summary>
    private sealed class BorrowedDetector : IFaceDetector
    {
        public string Id => TestModels.Mtcnn.Id;

        public float ScoreFloor => TestModels.Mtcnn.ScoreFloor;

        public IReadOnlyList<DetectedFace> Detect(
            FaceImage image,
            DetectionOptions options,
            CancellationToken cancellationToken = default
        ) => TestModels.Mtcnn.Detect(image, options, cancellationToken);

        public void Dispose() { }
    }

    private sealed class NoEmbedder : IFaceEmbedder
    {
        public string Id => "none";

        public string Contract => "none/1";

        public int Dimension => 1;

        public IReadOnlyList<FaceEmbedding> Embed(ReadOnlySpan<AlignedFace> faces, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("attributes need no embedding");

        public void Dispose() { }
    }

    private sealed class CountingModel : IFaceAttributeModel
    {
        public int Calls { get; private set; }

        public bool Disposed { get; private set; }

        public string Id => "counting";

        public IReadOnlyList<ModelKind> Kinds => [ModelKind.Age, ModelKind.Gender];

        public IReadOnlyList<FaceAttributes> Estimate(
            FaceImage image,
            IReadOnlyList<DetectedFace> faces,
            CancellationToken cancellationToken = default
        )
        {
            Calls++;
            return
            [
                .. faces.Select(_ => new FaceAttributes
                {
                    Age = AttributeEstimate.Of(new AgeEstimate(33, [20, 40])),
                    Gender = AttributeEstimate.NotKnown<GenderEstimate>("no idea"),
                }),
            ];
        }

        public IReadOnlyList<FaceAttributes> EstimateCrops(IReadOnlyList<FaceImage> crops, CancellationToken cancellationToken = default) =>
            Estimate(crops[0], [], cancellationToken);

        public void Dispose() => Disposed = true;
    }
}
