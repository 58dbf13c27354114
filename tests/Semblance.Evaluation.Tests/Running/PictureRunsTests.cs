using Semblance.Detection;
using Semblance.Evaluation.Running;
using Semblance.Models;
using Semblance.Runtime;
using Semblance.TestSupport;
using Semblance.Training.Tests.Support;

namespace Semblance.Evaluation.Tests.Running;

public sealed class PictureRunsTests : IDisposable
{
    private static readonly string Astronaut = Path.Combine(ReferenceData.Repository, "samples", "photos", "astronaut.png");
    private static readonly FaceAnalyzer Analyzer = FaceAnalyzer.CreateDefault();

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Broken_picture_has_one_outcome_in_every_evaluation_and_the_others_go_on()
    {
        PictureSet set = Set();
        PictureRuns runs = new(Analyzer, new() { CacheFolder = _folder["cache"] });
        IReadOnlyList<EvaluationPicture> pictures = set.Pictures(["astronaut.png", "broken.jpg", "empty.png"]);
        var faces = await runs.EmbedAsync(pictures, Stop);
        var found = await runs.DetectAsync(pictures, new DetectionOptions { MinScore = 0.5f }, Stop);
        var attributes = await runs.EstimateAsync(pictures, [ModelKind.Age], PictureFraming.Photographs, cancellationToken: Stop);
        Assert.NotNull(faces["astronaut.png"].Embedding);
        Assert.Equal(1, faces["astronaut.png"].FacesFound);
        Assert.Single(found["astronaut.png"].Faces);
        Assert.True(attributes["astronaut.png"].Age.IsKnown);
        Assert.Contains("broken.jpg: this is a text file", faces["broken.jpg"].Unreadable);
        Assert.Equal(faces["broken.jpg"].Unreadable, found["broken.jpg"].Unreadable);
        Assert.Equal(faces["broken.jpg"].Unreadable, attributes["broken.jpg"].NoFace);
        Assert.Equal(["broken.jpg"], runs.Unreadable.Keys);
        // Nothing found is another outcome than nothing readable.
        Assert.Equal((0, null), (faces["empty.png"].FacesFound, faces["empty.png"].Unreadable));
        Assert.Equal("no face found", attributes["empty.png"].NoFace);
    }

    [Fact]
    public async Task File_that_cannot_be_read_has_the_outcome_of_a_broken_picture()
    {
        PictureRuns runs = new(Analyzer, RunOptions.Default);
        EvaluationPicture[] pictures =
        [
            new("locked.jpg", () => throw new EvaluationException("locked.jpg cannot be read: permission denied")),
            .. Set().Pictures(["astronaut.png"]),
        ];
        var faces = await runs.EmbedAsync(pictures, Stop);
        var found = await runs.DetectAsync(pictures, new DetectionOptions(), Stop);
        var attributes = await runs.EstimateAsync(pictures, [ModelKind.Age], PictureFraming.Photographs, cancellationToken: Stop);
        Assert.Equal(
            Enumerable.Repeat("locked.jpg cannot be read: permission denied", 4),
            [faces["locked.jpg"].Unreadable, found["locked.jpg"].Unreadable, attributes["locked.jpg"].NoFace, runs.Unreadable["locked.jpg"]]
        );
        Assert.NotNull(faces["astronaut.png"].Embedding);
    }

    [Fact]
    public async Task Second_evaluation_asks_no_network()
    {
        IReadOnlyList<EvaluationPicture> pictures = Set().Pictures(["astronaut.png", "broken.jpg", "empty.png"]);
        (int first, FaceRecord before) = await RunAsync(pictures, Builder());
        (int second, FaceRecord after) = await RunAsync(pictures, Builder());
        Assert.True(first > 0);
        Assert.Equal(0, second);
        Assert.Equal(before.Embedding!.Vector.ToArray(), after.Embedding!.Vector.ToArray());
        Assert.Equal((before.Norm, before.Contract, before.Quality), (after.Norm, after.Contract, after.Quality));
        Assert.Equal((before.FacesFound, before.Score), (after.FacesFound, after.Score));
    }

    [Fact]
    public async Task Other_options_and_other_weights_are_asked_anew()
    {
        IReadOnlyList<EvaluationPicture> pictures = Set().Pictures(["astronaut.png"]);
        await RunAsync(pictures, Builder());
        Assert.True((await RunAsync(pictures, Builder().UseDetection(new() { MinFaceSize = 60 }))).NetworkRuns > 0);
        Assert.True((await RunAsync(pictures, Builder().UseDetection(new() { Turns = TurnSearch.None }))).NetworkRuns > 0);
        Assert.True((await RunAsync(pictures, Builder().UseEmbedding(new() { Flip = true }))).NetworkRuns > 0);
        Assert.True((await RunAsync(pictures, OtherWeights())).NetworkRuns > 0);
        Assert.Equal(0, (await RunAsync(pictures, OtherWeights())).NetworkRuns);
        Assert.Equal(0, (await RunAsync(pictures, Builder())).NetworkRuns);
    }

    [Fact]
    public async Task Damaged_results_are_said_and_made_again()
    {
        IReadOnlyList<EvaluationPicture> pictures = Set().Pictures(["astronaut.png"]);
        List<string> warnings = [];
        RunOptions options = new() { CacheFolder = _folder["cache"], Warn = warnings.Add };
        FaceRecord first = (await new PictureRuns(Analyzer, options).EmbedAsync(pictures, Stop))["astronaut.png"];
        string file = Directory.GetFiles(_folder["cache"], "*", SearchOption.AllDirectories).Single();
        Assert.DoesNotContain("\"facesFound\":9", File.ReadAllText(file));
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"facesFound\":1", "\"facesFound\":9"));
        FaceRecord second = (await new PictureRuns(Analyzer, options).EmbedAsync(pictures, Stop))["astronaut.png"];
        Assert.Equal((1, 1), (first.FacesFound, second.FacesFound));
        Assert.Contains(file, Assert.Single(warnings));
    }

    [Fact]
    public void Missing_pictures_are_named_before_anything_is_done() =>
        Assert.Contains(
            "nobody.png not found",
            Assert.Throws<EvaluationException>(() => Set().Pictures(["astronaut.png", "nobody.png"])).Message
        );

    private static FaceAnalyzerBuilder Builder() => FaceAnalyzer.CreateBuilder();

    /// <summary>The pack's embedder with a note at the end of its file: other weights for all that can be told from outside.</summary>
    private FaceAnalyzerBuilder OtherWeights()
    {
        const string Id = FaceAnalyzerOptions.DefaultEmbedder;
        InstalledModel model = ModelCatalog.Pack.Find(Id);
        foreach (ModelFile file in model.Manifest.Files.Values)
            _folder.Write($"models/{Id}/{file.File}", File.ReadAllBytes(Path.Combine(model.Folder, file.File)));
        ModelFile network = model.Manifest.Files[InstalledModel.SingleRole];
        // Field 6 of an ONNX model, its documentation: two bytes of text.
        byte[] noted = [.. File.ReadAllBytes(model.PathOf()), 0x32, 2, (byte)'n', (byte)'b'];
        _folder.Write($"models/{Id}/{network.File}", noted);
        ModelManifest manifest = model.Manifest with
        {
            Files = model.Manifest.Files.ToDictionary(
                file => file.Key,
                file =>
                    file.Key == InstalledModel.SingleRole
                        ? network with
                        {
                            Sha256 = Semblance.Caching.ContentCache.HashOf(noted),
                        }
                        : file.Value
            ),
        };
        _folder.Write($"models/{Id}/{InstalledModel.ManifestName}", manifest.ToJson());
        return Builder().UseCatalog(new ModelCatalog(_folder["models"], ModelCatalog.Pack.Folders[0]));
    }

    private async Task<(int NetworkRuns, FaceRecord Astronaut)> RunAsync(
        IReadOnlyList<EvaluationPicture> pictures,
        FaceAnalyzerBuilder builder
    )
    {
        int runs = 0;
        using FaceAnalyzer analyzer = builder.UseExecution(new ExecutionOptions { Tap = _ => Interlocked.Increment(ref runs) }).Build();
        RunOptions options = new() { CacheFolder = _folder["cache"], Warn = warning => Assert.Fail(warning) };
        IReadOnlyDictionary<string, FaceRecord> records = await new PictureRuns(analyzer, options).EmbedAsync(pictures, Stop);
        return (runs, records["astronaut.png"]);
    }

    private PictureSet Set()
    {
        _folder.Write("set/astronaut.png", File.ReadAllBytes(Astronaut));
        _folder.Write("set/broken.jpg", "no picture");
        _folder.Write("set/empty.png", TemporaryFolder.Picture(1, 1));
        return PictureSet.Open(_folder["set"]);
    }
}
