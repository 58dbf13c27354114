using System.Diagnostics;
using System.Text.Json.Nodes;
using Semblance.Detection;
using Semblance.Models;
using Semblance.Models.Installing;
using Semblance.Runtime;
using Semblance.Tests.Support;

namespace Semblance.Tests.Models.Installing;

/// <summary>Models that are damaged, altered, or made to harm.</summary>
public sealed class ModelDefenceTests : IDisposable
{
    private const int Dimension = 8;

    private readonly TemporaryModels _models = new();
    private readonly string _store = Directory.CreateTempSubdirectory("semblance-store-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _models.Dispose();
        Directory.Delete(_store, recursive: true);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused_and_named()
    {
        byte[] network = SmallNetworks.Embedder("N", 112, Dimension).ToBytes();
        // The first weight, as the network was seeded.
        int at = network.AsSpan().IndexOf(BitConverter.GetBytes(new Random(Dimension).NextSingle() - 0.5f));
        BitConverter.GetBytes(float.NaN).CopyTo(network, at);

        ModelException error = Assert.Throws<ModelException>(() => ModelCheck.Load(Add("broken", network), cancellationToken: Stop));

        Assert.Contains("no numbers (NaN)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Network_that_gives_what_is_not_finite_is_refused()
    {
        InstalledModel model = _models.Add(
            "infinite",
            ModelKind.Embedder,
            SmallNetworks.Constant(["N", 3, 112, 112], ("vector", [1, 2], [1, float.PositiveInfinity])),
            EmbedderOutputs.Input(112),
            EmbedderOutputs.Vector("vector", 2)
        );

        ModelException error = Assert.Throws<ModelException>(() => ModelCheck.Load(model, cancellationToken: Stop));

        Assert.Contains("not finite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Network_without_end_is_stopped()
    {
        InstalledModel model = _models.Add(
            "endless",
            ModelKind.Embedder,
            EndlessNetwork.Bytes(),
            EmbedderOutputs.Input(112),
            EmbedderOutputs.Vector("vector", 3)
        );
        long start = Stopwatch.GetTimestamp();

        ModelException error = Assert.Throws<ModelException>(() => ModelCheck.Load(model, cancellationToken: Stop));

        Assert.Contains("did not give an answer", error.Message, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, ModelCheck.TimeLimit + TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void Altered_file_is_refused_when_it_is_loaded()
    {
        InstalledModel model = Add("mine", SmallNetworks.Embedder("N", 112, Dimension).ToBytes());
        File.WriteAllBytes(Path.Combine(model.Folder, "model.onnx"), SmallNetworks.Embedder("N", 112, 16).ToBytes());

        Assert.Contains("was altered", Assert.Throws<ModelException>(() => model.PathOf()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hash_is_remembered_by_size_and_time_and_taken_anew_when_they_change()
    {
        HashMemory memory = new(Path.Combine(_store, "hashes.txt"));
        string file = Path.Combine(_store, "a.onnx");
        File.WriteAllText(file, "one");
        string first = memory.Of(file);
        DateTime time = File.GetLastWriteTimeUtc(file);

        File.WriteAllText(file, "two");
        File.SetLastWriteTimeUtc(file, time);
        Assert.Equal(first, memory.Of(file));

        File.SetLastWriteTimeUtc(file, time.AddSeconds(1));
        Assert.Equal(FileHash.Of(file), memory.Of(file));
        Assert.NotEqual(first, memory.Of(file));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData(
        """{ "id": "x", "kinds": null, "files": {}, "license": "", "origin": "", "trainingData": "", "input": null, "output": null }"""
    )]
    public void Broken_manifest_leaves_the_other_models_listed(string broken)
    {
        Add("sound", SmallNetworks.Embedder("N", 112, Dimension).ToBytes());
        string folder = Directory.CreateDirectory(Path.Combine(_models.Folder, "broken")).FullName;
        File.WriteAllText(Path.Combine(folder, InstalledModel.ManifestName), broken);

        Assert.Equal("sound", Assert.Single(_models.Catalog.List()).Id);
        Assert.Contains("broken", Assert.Single(_models.Catalog.ListUnreadable()).Message, StringComparison.Ordinal);
        Assert.Contains("sound", Assert.Throws<ModelException>(() => _models.Catalog.Find("missing")).Message, StringComparison.Ordinal);
    }

    /// <summary>A manifest of the pack with another value in one place, in the store.</summary>
    private (InstalledModel Model, string Manifest) Altered(string id, string path, string value)
    {
        InstalledModel model = TestModels.Catalog.Find(id);
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(model.ManifestPath))!;
        string[] names = path.Split('/');
        names[..^1].Aggregate(manifest, (at, name) => at[name]!)[names[^1]] = JsonNode.Parse(value);
        string altered = Path.Combine(_store, InstalledModel.ManifestName);
        File.WriteAllText(altered, manifest.ToJsonString());
        return (model, altered);
    }

    [Theory]
    [InlineData("id", "\"\"", "no id")]
    [InlineData("contract", "\" \"", "contract is empty")]
    [InlineData("files/model", "{ \"file\": \"model.onnx\" }", "sha256")]
    [InlineData("output/outputs/embedding", "null", "'embedding' is null")]
    [InlineData("output/outputs/embedding", "{}", "role")]
    [InlineData("input/width", "-1", "-1 x 112 pixels")]
    [InlineData("input/templatePoints", "[[1e300, 1]]", "not finite")]
    [InlineData("input/height", "2000000000", "112 x 2000000000 pixels")]
    [InlineData("calibration/byNorm", "[null]", "'byNorm' has an element that is null")]
    [InlineData("calibration/byNorm", "[{ \"norm\": 1 }]", "fmr")]
    [InlineData("calibration/fmr", "[null]", "'fmr' has an element that is null")]
    public void Manifest_with_nothing_where_something_is_needed_is_refused_and_says_where(string path, string value, string said)
    {
        (_, string altered) = Altered("mobilefacenet-512", path, value);

        ModelException error = Assert.Throws<ModelException>(() => ModelManifest.Read(altered));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("output/decoder/strides", "[0, 16]", "strides")]
    [InlineData("output/decoder/anchorsPerCell", "[2000000000, 2]", "anchors")]
    [InlineData("output/decoder/thresholds", "[2]", "thresholds beyond 0 to 1")]
    [InlineData("output/decoder/thresholds", "[]", "a threshold and an overlap threshold")]
    [InlineData("input/width", "0", "sees a square")]
    public void Detector_without_end_or_cells_is_refused(string path, string value, string said)
    {
        (InstalledModel model, _) = Altered("blazeface-short", path, value);
        File.Copy(model.PathOf(), Path.Combine(_store, "model.onnx"));

        ModelException error = Assert.Throws<ModelException>(() =>
            FaceDetectors.Create(InstalledModel.Open(_store), new ExecutionOptions()).Dispose()
        );

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("a\\b")]
    public void Manifest_that_names_a_file_elsewhere_is_refused(string file)
    {
        InstalledModel model = Add("mine", SmallNetworks.Embedder("N", 112, Dimension).ToBytes());
        (model.Manifest with { Files = new Dictionary<string, ModelFile> { ["model"] = new(file, new string('0', 64)) } }).Write(
            model.ManifestPath
        );

        Assert.Contains(
            "is none beside it",
            Assert.Throws<ModelException>(() => InstalledModel.Open(model.Folder)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Model_whose_file_is_not_the_one_its_manifest_promises_is_not_put_in_place()
    {
        InstalledModel source = Add("mine", SmallNetworks.Embedder("N", 112, Dimension).ToBytes());
        ModelManifest other = source.Manifest with
        {
            Files = new Dictionary<string, ModelFile> { ["model"] = new("model.onnx", new string('0', 64)) },
        };

        ModelException error = Assert.Throws<ModelException>(() =>
            new ModelStore(_store).Add(other, new Dictionary<string, string> { ["model"] = source.PathOf() }, cancellationToken: Stop)
        );

        Assert.Contains("promises 0000", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store));
    }

    [Fact]
    public void Folder_that_a_killed_process_left_behind_is_removed_and_one_at_work_is_not()
    {
        string abandoned = Directory.CreateDirectory(Path.Combine(_store, ".staging-1")).FullName;
        File.WriteAllText(Path.Combine(abandoned, "lock"), "");
        using StagingFolder atWork = StagingFolder.Create(_store);

        using (StagingFolder other = StagingFolder.Create(_store))
            Assert.True(Directory.Exists(other.Path));

        Assert.False(Directory.Exists(abandoned));
        Assert.True(Directory.Exists(atWork.Path));
    }

    private InstalledModel Add(string id, byte[] network) =>
        _models.Add(id, ModelKind.Embedder, network, EmbedderOutputs.Input(112), EmbedderOutputs.Vector("vector", Dimension));
}
