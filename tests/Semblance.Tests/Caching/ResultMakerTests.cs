using System.Text.Json.Nodes;
using Semblance.Attributes;
using Semblance.Caching;
using Semblance.Detection;
using Semblance.Models;
using SkiaSharp;

namespace Semblance.Tests.Caching;

public sealed class ResultMakerTests : IDisposable
{
    private const FaceFeatures Features = FaceFeatures.Embedding | FaceFeatures.Quality;

    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-models-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Same_analyzer_makes_the_same_results() => Assert.Equal(Of(Builder()), Of(Builder()));

    [Fact]
    public void Every_option_that_changes_results_makes_others()
    {
        string[] makers =
        [
            Of(Builder()),
            Of(Builder().UseDetector("blazeface-full")),
            Of(Builder().UseDetection(new() { MinScore = 0.9f })),
            Of(Builder().UseDetection(new() { MinScore = 0.90001f })),
            Of(Builder().UseDetection(new() { MinFaceSize = 40 })),
            Of(Builder().UseDetection(new() { Turns = TurnSearch.None })),
            Of(Builder().UseEmbedding(new() { Flip = true })),
            Of(Builder().UseAlignment(new() { Prefilter = Semblance.Alignment.PrefilterMode.Area })),
            Of(Builder(), Features | FaceFeatures.Age),
            Of(Builder().UseAttributes(new AttributeOptions { EmotionLabels = "rafdb" }), Features | FaceFeatures.Age),
            Of(Builder(), Features, FaceChoice.Center),
            Of(Builder(), FaceFeatures.Embedding),
            Of(Builder(), FaceFeatures.None),
        ];
        Assert.Equal(makers.Length, makers.Distinct().Count());
    }

    [Fact]
    public void Code_is_known_by_its_build()
    {
        string text = Of(Builder());
        foreach (Type type in new[] { typeof(FaceAnalyzer), typeof(SKBitmap), typeof(Microsoft.ML.OnnxRuntime.InferenceSession) })
            Assert.Contains($"{type.Module.ModuleVersionId:N}", text);
    }

    [Theory]
    [InlineData("retinaface-wider")]
    [InlineData("mobilefacenet-512")]
    public void Other_weights_under_the_same_name_make_others(string id)
    {
        string before = Of(Copied(id, _ => { }));
        string after = Of(Copied(id, manifest =>
            {
                JsonObject network = manifest["files"]!.AsObject().First().Value!.AsObject();
                string path = Path.Combine(_folder, id, network["file"]!.GetValue<string>());
                // Field 6 of an ONNX model, its documentation: two bytes of text.
                File.WriteAllBytes(path, [.. File.ReadAllBytes(path), 0x32, 2, (byte)'n', (byte)'b']);
                network["sha256"] = ContentCache.HashOf(File.ReadAllBytes(path));
            }));
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void Other_thresholds_change_quality_and_no_vector()
    {
        FaceAnalyzerBuilder before = Copied("mobilefacenet-512", _ => { });
        (string vectors, string quality) = (Of(before, FaceFeatures.Embedding), Of(before));
        FaceAnalyzerBuilder after = Copied("mobilefacenet-512", manifest => manifest["calibration"]!["data"] = "other pictures");
        Assert.Equal(vectors, Of(after, FaceFeatures.Embedding));
        Assert.NotEqual(quality, Of(after));
    }

    [Fact]
    public void Figures_in_a_manifest_change_nothing()
    {
        string before = Of(Copied("retinaface-wider", _ => { }));
        Assert.Equal(before, Of(Copied("retinaface-wider", manifest => manifest["measured"] = new JsonObject { ["speed"] = 1 })));
    }

    [Fact]
    public void Crops_do_not_depend_on_the_detector()
    {
        using FaceAnalyzer one = Builder().Build(),
            two = Builder().UseDetector("blazeface-full").Build();
        Assert.Equal(ResultMaker.OfCrops(one, FaceFeatures.Embedding).Text, ResultMaker.OfCrops(two, FaceFeatures.Embedding).Text);
        Assert.NotEqual(ResultMaker.OfCrops(one, FaceFeatures.Embedding).Text, Of(Builder(), FaceFeatures.Embedding));
    }

    private static FaceAnalyzerBuilder Builder() => FaceAnalyzer.CreateBuilder();

    private static string Of(FaceAnalyzerBuilder builder, FaceFeatures features = Features, FaceChoice choice = FaceChoice.All)
    {
        using FaceAnalyzer analyzer = builder.Build();
        return ResultMaker.OfPictures(analyzer, new AnalysisOptions { Features = features, FaceChoice = choice }).Text;
    }

    /// <summary>An analyzer with a copy of one of the pack's models, changed.</summary>
    private FaceAnalyzerBuilder Copied(string id, Action<JsonObject> change)
    {
        string to = Path.Combine(_folder, id);
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(Path.Combine(ModelCatalog.Pack.Folders[0], id)))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        string path = Path.Combine(to, InstalledModel.ManifestName);
        JsonObject manifest = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
        return Builder().UseCatalog(new ModelCatalog(_folder, ModelCatalog.Pack.Folders[0]));
    }
}
