using System.Security.Cryptography;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Json;
using Semblance.Models;
using Semblance.Models.Pulling;
using Semblance.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Tests.Models.Pulling;

/// <summary>Every entry of the catalogue, pulled from a server as a small network of the same signature, and used by its id.</summary>
public sealed class PulledModelTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("semblance-pulled-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    public static TheoryData<string> Embedders => Ids(ModelKind.Embedder);

    public static TheoryData<string> Detectors => Ids(ModelKind.Detector);

    [Theory]
    [MemberData(nameof(Embedders))]
    public async Task A_pulled_embedder_embeds_by_its_id(string id)
    {
        await PullAsync(id);
        using FaceAnalyzer analyzer = FaceAnalyzer
            .CreateBuilder()
            .UseEmbedder(id)
            .UseCatalog(Catalog)
            .UseExecution(TestModels.OneThread)
            .Build();
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        FaceEmbedding embedding = Assert
            .Single(analyzer.Analyze(image, FaceFeatures.Embedding, TestContext.Current.CancellationToken).Faces!)
            .Embedding!;
        Assert.Equal((id, 512), (embedding.Model, embedding.Dimension));
        Assert.StartsWith(id + "/", embedding.Contract);
        Assert.NotInRange(embedding.Norm, 0.99f, 1.01f);
    }

    [Theory]
    [MemberData(nameof(Detectors))]
    public async Task A_pulled_detector_detects_by_its_id(string id)
    {
        await PullAsync(id);
        using IFaceDetector detector = FaceDetectors.Create(id, Catalog, TestModels.OneThread);
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(640, 320, PixelFormat.Rgb24));
        DetectedFace face = Assert.Single(detector.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken));
        bool scrfd = id.StartsWith("scrfd", StringComparison.Ordinal);
        // SCRFD: anchor 82 of stride 16 is cell 41, column 1 and row 1 of 40. RetinaFace: prior 3 is column 1 of stride 8, side 32.
        Assert.Equal(scrfd ? FaceBox.FromCorners(0, 0, 32, 32) : FaceBox.FromCorners(-4, -12, 28, 20), face.Box);
        Assert.Equal(scrfd ? new(32, 32) : new(12, 4), face.Landmarks.NoseTip);
    }

    [Fact]
    public async Task InsightFaces_age_and_gender_come_out_of_one_tensor()
    {
        InstalledModel model = await PullAsync("insightface-genderage");
        using IFaceAttributeModel attributes = FaceAttributeModels.Create(model.Id, Catalog, new(), TestModels.OneThread);
        FaceAttributes face = Attributes(attributes);
        Assert.Equal(31, face.Age!.Value!.Years, 1e-3);
        Assert.Empty(face.Age.Value.Interval80);
        Assert.Equal("male", face.Gender!.Value!.Label);
        Assert.Equal(1 / (1 + Math.Exp(-2)), face.Gender.Value.Probability, 1e-3);
    }

    [Fact]
    public async Task FairFaces_groups_become_an_age_with_its_interval()
    {
        InstalledModel model = await PullAsync("fairface");
        using IFaceAttributeModel attributes = FaceAttributeModels.Create(model.Id, Catalog, new(), TestModels.OneThread);
        FaceAttributes face = Attributes(attributes);
        Assert.InRange(face.Age!.Value!.Years, 24, 26);
        Assert.InRange(face.Age.Value.Interval80[0], 19.5, 21.5);
        Assert.InRange(face.Age.Value.Interval80[1], 27.5, 29.5);
        Assert.Equal("female", face.Gender!.Value!.Label);
    }

    [Fact]
    public async Task A_face_that_is_too_small_is_not_judged()
    {
        InstalledModel model = await PullAsync("fairface");
        using BoxFaceAttributes attributes = new(model);
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(64, 64, PixelFormat.Rgb24));
        FaceAttributes face = Assert.Single(
            attributes.Estimate(image, [new(new(10, 10, 16, 20), 1, default)], TestContext.Current.CancellationToken)
        );
        Assert.Contains("too small (20 px", face.Age!.Unknown);
    }

    [Fact]
    public async Task Liveness_is_what_the_network_says_of_the_genuine_class()
    {
        InstalledModel model = await PullAsync("minifasnet-v2");
        using IFaceAttributeModel attributes = FaceAttributeModels.Create(model.Id, Catalog, new(), TestModels.OneThread);
        Assert.Equal(Math.Exp(4) / (Math.Exp(4) + 2), Attributes(attributes).Liveness!.Value!.Score, 1e-4);
    }

    [Fact]
    public async Task Liveness_without_a_label_of_live_faces_is_refused()
    {
        InstalledModel model = await PullAsync("minifasnet-v2");
        ModelTensor tensor = model.Manifest.Output.Outputs["liveness"] with { Labels = ["a", "b", "c"] };
        ModelOutput output = new() { Outputs = new Dictionary<string, ModelTensor> { ["liveness"] = tensor } };
        ModelException error = Assert.Throws<ModelException>(() =>
            new BoxFaceAttributes(model with { Manifest = model.Manifest with { Output = output } })
        );
        Assert.Contains("no label 'genuine'", error.Message);
    }

    [Fact]
    public async Task Liveness_is_asked_for_like_every_attribute_once_its_model_is_pulled()
    {
        FaceAnalyzerBuilder builder = FaceAnalyzer.CreateBuilder().UseCatalog(Catalog).UseExecution(TestModels.OneThread);
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        using (FaceAnalyzer before = builder.Build())
        {
            ModelException error = Assert.Throws<ModelException>(() =>
                before.Analyze(image, FaceFeatures.Liveness, TestContext.Current.CancellationToken)
            );
            Assert.True(error.IsPullable);
            Assert.Equal("minifasnet-v2", error.Model);
        }
        await PullAsync("minifasnet-v2");
        using FaceAnalyzer analyzer = builder.Build();
        ImageAnalysis analysis = analyzer.Analyze(image, FaceFeatures.Liveness, TestContext.Current.CancellationToken);
        string json = SemblanceJson.Serialize(analysis);
        Assert.Contains("\"liveness\":{\"score\":0.9647}", json);
        AnalyzedFace read = Assert.Single(SemblanceJson.DeserializeAnalysis(json).Faces!);
        Assert.Equal(0.9647, read.Liveness!.Value!.Score);
        Assert.Equal("liveness, not calibrated, 0.96", AttributeDescriptor.For(ModelKind.Liveness).TextOf(read));
    }

    private ModelCatalog Catalog => new(Path.Combine(_home, "models"), TestModels.Catalog.Folders[0]);

    private static TheoryData<string> Ids(ModelKind kind) =>
        [.. PullableCatalog.Default.Models.Where(model => model.Manifest.Kinds.Contains(kind)).Select(model => model.Id)];

    private static FaceAttributes Attributes(IFaceAttributeModel model)
    {
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(200, 200, PixelFormat.Rgb24));
        return Assert.Single(model.Estimate(image, [new(new(60, 60, 60, 80), 1, default)], TestContext.Current.CancellationToken));
    }

    private async Task<InstalledModel> PullAsync(string id)
    {
        PullableModel entry = PullableCatalog.Default.Find(id);
        byte[] network = PullableSignatures.Of(entry).ToBytes();
        PullableModel small = entry with
        {
            Manifest = entry.Manifest with
            {
                Files = new Dictionary<string, ModelFile>
                {
                    ["model"] = new("model.onnx", Convert.ToHexStringLower(SHA256.HashData(network))),
                },
            },
        };
        using LoopbackServer server = new(
            (request, _) =>
                request.Path == "/" + entry.Address ? LoopbackAnswer.Range(network, request.From) : LoopbackAnswer.Status("404 Not Found")
        );
        using ModelPuller puller = new(new(Path.Combine(_home, "models")), new(server.Address, [small with { Megabytes = null }]), new());
        return await puller.PullAsync(id, cancellationToken: TestContext.Current.CancellationToken);
    }
}
