using Semblance.Models;
using Semblance.Models.Installing;
using Semblance.Tests.Support;

namespace Semblance.Tests.Models.Installing;

public sealed class ModelStoreTests : IDisposable
{
    private readonly TemporaryModels _source = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-store-").FullName;

    public void Dispose()
    {
        _source.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void An_added_model_is_found_by_id_unaltered_and_its_source_stays()
    {
        InstalledModel source = Embedder("mine", dimension: 8);
        InstalledModel added = new ModelStore(_folder).Add(
            source.Manifest,
            Files(source),
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(added.Folder, new ModelCatalog(_folder).Find("mine").Folder);
        Assert.Empty(added.FindAlteredFiles());
        Assert.True(File.Exists(source.PathOf()));
    }

    [Fact]
    public void A_model_that_is_not_what_it_promises_leaves_nothing_behind()
    {
        InstalledModel source = Embedder("mine", dimension: 8);
        ModelManifest wrong = source.Manifest with { Output = EmbedderOutputs.Vector("vector", 512) };
        Assert.Throws<ModelException>(() =>
            new ModelStore(_folder).Add(wrong, Files(source), cancellationToken: TestContext.Current.CancellationToken)
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void An_id_that_is_taken_is_refused_unless_it_may_be_replaced()
    {
        ModelStore store = new(_folder);
        InstalledModel first = Embedder("mine", dimension: 8);
        store.Add(first.Manifest, Files(first), cancellationToken: TestContext.Current.CancellationToken);
        InstalledModel second = Embedder("mine", dimension: 16);
        Assert.Contains(
            "already",
            Assert
                .Throws<ModelException>(() =>
                    store.Add(second.Manifest, Files(second), cancellationToken: TestContext.Current.CancellationToken)
                )
                .Message
        );
        InstalledModel replaced = store.Add(
            second.Manifest,
            Files(second),
            new() { Existing = ExistingModel.Replace },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(second.Manifest.Files["model"].Sha256, replaced.Manifest.Files["model"].Sha256);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void A_failed_replacement_keeps_the_model_that_was_there()
    {
        ModelStore store = new(_folder);
        InstalledModel first = Embedder("mine", dimension: 8);
        InstalledModel kept = store.Add(first.Manifest, Files(first), cancellationToken: TestContext.Current.CancellationToken);
        File.WriteAllText(first.PathOf(), "no network");
        Assert.Throws<ModelException>(() =>
            store.Add(
                first.Manifest,
                Files(first),
                new() { Existing = ExistingModel.Replace },
                cancellationToken: TestContext.Current.CancellationToken
            )
        );
        Assert.Empty(new ModelCatalog(_folder).Find("mine").FindAlteredFiles());
        Assert.Equal(kept.Folder, Assert.Single(Directory.EnumerateFileSystemEntries(_folder)));
    }

    [Fact]
    public void A_removed_model_is_gone_and_another_cannot_be_removed()
    {
        ModelStore store = new(_folder);
        InstalledModel source = Embedder("mine", dimension: 8);
        store.Add(source.Manifest, Files(source), cancellationToken: TestContext.Current.CancellationToken);
        store.Remove("mine");
        Assert.False(new ModelCatalog(_folder).Contains("mine"));
        Assert.Throws<ModelException>(() => store.Remove("mine"));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("/etc")]
    [InlineData("Großes")]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("a\n")]
    public void An_id_that_is_no_plain_name_is_refused(string id) =>
        Assert.Throws<ModelException>(() => new ModelStore(_folder).Remove(id));

    [Theory]
    [InlineData("w600k_r50.onnx", "w600k-r50")]
    [InlineData("/data/My Model (v1.2).onnx", "my-model-v1-2")]
    public void A_file_name_becomes_an_id(string file, string id) => Assert.Equal(id, ModelId.FromFile(file));

    [Fact]
    public void Hidden_folders_are_not_listed()
    {
        InstalledModel source = Embedder("mine", dimension: 8);
        new ModelStore(_folder).Add(source.Manifest, Files(source), cancellationToken: TestContext.Current.CancellationToken);
        Directory.Move(Path.Combine(_folder, "mine"), Path.Combine(_folder, ".mine-1234"));
        Assert.Empty(new ModelCatalog(_folder).List());
    }

    private InstalledModel Embedder(string id, int dimension) =>
        _source.Add(
            id,
            ModelKind.Embedder,
            SmallNetworks.Embedder("N", 112, dimension),
            EmbedderOutputs.Input(112),
            EmbedderOutputs.Vector("vector", dimension)
        );

    private static Dictionary<string, string> Files(InstalledModel model) => new() { [InstalledModel.SingleRole] = model.PathOf() };
}
