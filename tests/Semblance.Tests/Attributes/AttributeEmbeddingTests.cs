using System.Collections.Concurrent;
using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;
using Semblance.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Tests.Attributes;

/// <summary>The pack's network of age and gender takes the embedding that the line has computed.</summary>
public sealed class AttributeEmbeddingTests
{
    private const string Embedder = "mobilefacenet-512",
        AgeGender = "age-gender";

    [Fact]
    public void An_embedding_that_is_handed_over_gives_the_answer_of_a_computed_one()
    {
        using FaceImage image = Photograph();
        DetectedFace[] faces = [.. TestModels.Mtcnn.Detect(image, DetectionOptions.Default, Stop)];
        using OnnxFaceAttributes model = new(TestModels.Catalog.Find(AgeGender), execution: TestModels.OneThread);
        IReadOnlyList<FaceEmbedding> known = TestModels.Embedder.Embed(new FaceAligner().AlignMany(image, faces), Stop);
        IReadOnlyList<FaceAttributes> computed = model.Estimate(image, faces, Stop),
            handed = model.Estimate(image, faces, known, Stop);
        Assert.Equal(faces.Length, handed.Count);
        for (int i = 0; i < faces.Length; i++)
            AssertSame(computed[i], handed[i]);
    }

    [Fact]
    public void The_answer_depends_on_the_embedding_that_is_handed_over()
    {
        using FaceImage image = Photograph();
        DetectedFace face = FaceIn(image);
        using OnnxFaceAttributes model = new(TestModels.Catalog.Find(AgeGender), execution: TestModels.OneThread);
        FaceEmbedding known = TestModels.Embedder.Embed([new FaceAligner().Align(image, face)], Stop)[0],
            opposite = known with { Vector = known.Vector.ToArray().Select(x => -x).ToArray() };
        GenderEstimate own = model.Estimate(image, [face], [known], Stop)[0].Gender!.Value!;
        Assert.NotEqual(own, model.Estimate(image, [face], [opposite], Stop)[0].Gender!.Value);
    }

    [Fact]
    public void An_embedding_of_another_contract_is_left_aside()
    {
        using FaceImage image = Photograph();
        DetectedFace face = FaceIn(image);
        using OnnxFaceAttributes model = new(TestModels.Catalog.Find(AgeGender), execution: TestModels.OneThread);
        FaceEmbedding foreign = new(new float[512], 1, "other", "other/1");
        AssertSame(model.Estimate(image, [face], Stop)[0], model.Estimate(image, [face], [foreign], Stop)[0]);
    }

    [Theory]
    [InlineData(FaceFeatures.Embedding | FaceFeatures.Age | FaceFeatures.Gender)]
    [InlineData(FaceFeatures.Age | FaceFeatures.Gender)]
    [InlineData(FaceFeatures.Quality | FaceFeatures.Age)]
    public void A_face_is_embedded_once_whoever_needs_it(FaceFeatures features)
    {
        (IReadOnlyDictionary<string, int> runs, _) = Analyze(new(), features);
        Assert.Equal(1, runs[Embedder]);
        Assert.Equal(1, runs[AgeGender]);
    }

    [Fact]
    public void Attributes_beside_an_embedding_are_those_without()
    {
        AnalyzedFace alone = Analyze(new(), FaceFeatures.Age | FaceFeatures.Gender).Face,
            beside = Analyze(new(), FaceFeatures.Embedding | FaceFeatures.Age | FaceFeatures.Gender).Face;
        AssertSame(alone.Attributes, beside.Attributes);
    }

    [Fact]
    public void Mean_embeddings_of_a_face_and_its_mirror_image_are_not_handed_over()
    {
        FaceFeatures features = FaceFeatures.Embedding | FaceFeatures.Age | FaceFeatures.Gender;
        (IReadOnlyDictionary<string, int> runs, AnalyzedFace flipped) = Analyze(new() { Flip = true }, features);
        Assert.Equal(2, runs[Embedder]);
        AssertSame(Analyze(new(), features).Face.Attributes, flipped.Attributes);
    }

    [Fact]
    public void A_line_of_another_embedder_asks_that_of_the_catalogue()
    {
        ConcurrentDictionary<string, int> runs = [];
        using FaceAnalyzer analyzer = Builder(runs).UseEmbedder(new Foreign()).Build();
        FaceFeatures features = FaceFeatures.Embedding | FaceFeatures.Age | FaceFeatures.Gender;
        AnalyzedFace face = Describe(analyzer, features);
        Assert.Equal("foreign/1", face.Embedding!.Contract);
        AssertSame(Analyze(new(), features).Face.Attributes, face.Attributes);
        Assert.Equal(1, runs[Embedder]);
    }

    [Fact]
    public void Loading_ahead_loads_the_embedder_that_attributes_need()
    {
        ConcurrentDictionary<string, int> runs = [];
        using FaceAnalyzer analyzer = Builder(runs).Build();
        IFaceAttributeModel model = analyzer.AttributeModelFor(ModelKind.Age);
        ((IWarmable)model).Warm();
        using FaceImage image = Photograph();
        Assert.True(model.EstimateCrops([image], Stop)[0].Age!.IsKnown);
        Assert.Equal(1, runs[Embedder]);
    }

    [Fact]
    public void An_embedder_that_is_not_installed_is_named_with_its_package()
    {
        using TemporaryModels models = new();
        Copy(models, AgeGender);
        using FaceAnalyzer analyzer = FaceAnalyzer
            .CreateBuilder()
            .UseCatalog(models.Catalog)
            .UseDetector(new BlindDetector())
            .UseEmbedder(new Foreign())
            .Build();
        ModelException error = Assert.Throws<ModelException>(() => analyzer.AttributeModelFor(ModelKind.Age));
        Assert.Equal(AgeGender, error.Model);
        Assert.Contains($"model '{Embedder}': not installed; the package Semblance.Models brings it", error.Message);
    }

    [Fact]
    public void An_embedder_that_gives_other_vectors_is_refused()
    {
        using TemporaryModels models = new();
        CopyWith(models, embedding => embedding with { Contract = "later/2" });
        ModelException error = Assert.Throws<ModelException>(() =>
            FaceAttributeModels.Create(AgeGender, models.Catalog, new(), TestModels.OneThread)
        );
        Assert.Contains("'later/2'", error.Message);
        Assert.Contains($"'{TestModels.Embedder.Contract}'", error.Message);
    }

    [Fact]
    public void A_network_without_the_input_that_its_manifest_names_is_refused()
    {
        using TemporaryModels models = new();
        CopyWith(models, embedding => embedding with { Name = "vector" });
        using FaceImage image = Photograph();
        using IFaceAttributeModel model = FaceAttributeModels.Create(AgeGender, models.Catalog, new(), TestModels.OneThread);
        Assert.Contains("the second 'vector'", Assert.Throws<ModelException>(() => model.EstimateCrops([image], Stop)).Message);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static FaceImage Photograph() => FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));

    private static DetectedFace FaceIn(FaceImage image) =>
        TestModels.Mtcnn.Detect(image, DetectionOptions.Default, Stop).MaxBy(face => face.Box.Width)!;

    private static (IReadOnlyDictionary<string, int> Runs, AnalyzedFace Face) Analyze(EmbeddingOptions embedding, FaceFeatures features)
    {
        ConcurrentDictionary<string, int> runs = [];
        using FaceAnalyzer analyzer = Builder(runs).UseEmbedding(embedding).Build();
        return (runs, Describe(analyzer, features));
    }

    private static AnalyzedFace Describe(FaceAnalyzer analyzer, FaceFeatures features)
    {
        using FaceImage image = Photograph();
        return Assert.Single(analyzer.Analyze(image, features, Stop).Faces!);
    }

    /// <summary>An analyzer that counts the runs of every network by its model's id.</summary>
    private static FaceAnalyzerBuilder Builder(ConcurrentDictionary<string, int> runs) =>
        FaceAnalyzer
            .CreateBuilder()
            .UseCatalog(TestModels.Catalog)
            .UseExecution(
                TestModels.OneThread with
                {
                    Tap = run => runs.AddOrUpdate(Path.GetFileName(Path.GetDirectoryName(run.ModelPath)!), 1, (_, count) => count + 1),
                }
            );

    /// <summary>The network and its embedder, of which the manifest says something else.</summary>
    private static void CopyWith(TemporaryModels models, Func<ModelEmbedding, ModelEmbedding> change)
    {
        Copy(models, AgeGender, manifest =>
            manifest with
            {
                Input = manifest.Input with { Embedding = change(manifest.Input.Embedding!) },
            }
        );
        Copy(models, Embedder);
    }

    private static void Copy(TemporaryModels models, string id, Func<ModelManifest, ModelManifest>? change = null)
    {
        InstalledModel model = TestModels.Catalog.Find(id);
        string folder = Directory.CreateDirectory(Path.Combine(models.Folder, id)).FullName;
        foreach (ModelFile file in model.Manifest.Files.Values)
            File.Copy(Path.Combine(model.Folder, file.File), Path.Combine(folder, file.File));
        (change?.Invoke(model.Manifest) ?? model.Manifest).Write(Path.Combine(folder, InstalledModel.ManifestName));
    }

    private static void AssertSame(FaceAttributes expected, FaceAttributes actual)
    {
        Assert.Equal(expected.Age!.Value!.Years, actual.Age!.Value!.Years, 0.11);
        Assert.Equal(expected.Gender!.Value!.Label, actual.Gender!.Value!.Label);
        Assert.Equal(expected.Gender.Value.Probability, actual.Gender.Value.Probability, 1e-3);
    }

    /// <summary>Vectors that no network of the pack knows.</summary>
    private sealed class Foreign : IFaceEmbedder
    {
        public string Id => "foreign";

        public string Contract => "foreign/1";

        public int Dimension => 2;

        public IReadOnlyList<FaceEmbedding> Embed(ReadOnlySpan<AlignedFace> faces, CancellationToken cancellationToken = default)
        {
            FaceEmbedding[] embeddings = new FaceEmbedding[faces.Length];
            Array.Fill(embeddings, new(new float[] { 1, 0 }, 1, Id, Contract));
            return embeddings;
        }

        public void Dispose() { }
    }

    private sealed class BlindDetector : IFaceDetector
    {
        public string Id => "blind";

        public float ScoreFloor => 0;

        public IReadOnlyList<DetectedFace> Detect(
            FaceImage image,
            DetectionOptions options,
            CancellationToken cancellationToken = default
        ) => [];

        public void Dispose() { }
    }
}
