using Semblance.Models;

namespace Semblance.Tests.Models;

public sealed class ModelCatalogTests : IDisposable
{
    private static readonly string[] Documents = ["CARD.md", "LICENSE"];

    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-catalog-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_pack_is_listed_by_id() =>
        Assert.Equal(
            [
                "age-gender",
                "blazeface-full",
                "blazeface-short",
                "emotion",
                "head-pose",
                "landmarks-68",
                "mobilefacenet-512",
                "mtcnn",
                "retinaface-wider",
            ],
            TestModels.Catalog.List().Select(model => model.Id)
        );

    [Fact]
    public void Models_that_may_not_be_used_commercially_are_neither_listed_nor_found_when_only_permitted_ones_are_asked_for()
    {
        ModelCatalog permitted = TestModels.Catalog.For(ModelUse.Commercial);
        Assert.Equal(
            ["blazeface-full", "blazeface-short", "head-pose", "landmarks-68", "mobilefacenet-512", "mtcnn"],
            permitted.List().Select(model => model.Id)
        );
        Assert.Equal("mtcnn", permitted.Find("mtcnn").Id);
        Assert.Equal((true, false), (permitted.Contains("mtcnn"), permitted.Contains("emotion")));
        ModelException error = Assert.Throws<ModelException>(() => permitted.Find("emotion"));
        Assert.Contains("may not be used commercially", error.Message, StringComparison.Ordinal);
        Assert.Equal("emotion", permitted.For(ModelUse.Any).Find("emotion").Id);
    }

    [Theory]
    [InlineData("mtcnn", "Semblance.Models")]
    [InlineData("age-gender", "Semblance.Models.Research")]
    public void Package_is_named_when_its_model_is_missing(string id, string package)
    {
        ModelException error = Assert.Throws<ModelException>(() => new ModelCatalog(_folder).Find(id));
        Assert.EndsWith($"the package {package} brings it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_are_named_for_every_model_that_they_bring() =>
        Assert.All(TestModels.Catalog.List(), model =>
            Assert.Equal(
                model.Manifest.CommercialUse == true ? "Semblance.Models" : "Semblance.Models.Research",
                ModelPackages.Of(model.Id)
            )
        );

    [Fact]
    public void Every_file_of_the_pack_has_the_hash_of_its_manifest() =>
        Assert.All(TestModels.Catalog.List(), model => Assert.Empty(model.FindAlteredFiles()));

    [Fact]
    public void Every_model_has_card_and_licence() =>
        Assert.All(TestModels.Catalog.List(), model =>
            Assert.All(Documents, file => Assert.True(File.Exists(Path.Combine(model.Folder, file)), $"{model.Id}/{file}"))
        );

    [Fact]
    public void A_missing_model_is_reported_with_what_there_is()
    {
        ModelException error = Assert.Throws<ModelException>(() => TestModels.Catalog.Find("nobody"));
        Assert.Contains("mtcnn", error.Message);
    }

    [Fact]
    public void A_model_is_found_by_the_path_of_its_folder()
    {
        string folder = Path.Combine(_folder, "runs", "a", "model");
        Directory.CreateDirectory(folder);
        File.Copy(TestModels.Catalog.Find("mobilefacenet-512").ManifestPath, Path.Combine(folder, "model.json"));
        Assert.Equal(
            "mobilefacenet-512",
            new ModelCatalog().Find(Path.GetRelativePath(Environment.CurrentDirectory, folder), ModelKind.Embedder).Id
        );
        Assert.Contains(
            "is no folder of a model",
            Assert.Throws<ModelException>(() => new ModelCatalog().Find(Path.Combine(_folder, "runs"))).Message
        );
    }

    [Fact]
    public void A_model_of_another_kind_is_refused() =>
        Assert.Contains("no embedder", Assert.Throws<ModelException>(() => TestModels.Catalog.Find("mtcnn", ModelKind.Embedder)).Message);

    [Fact]
    public void A_broken_manifest_is_named()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "broken"));
        File.WriteAllText(Path.Combine(_folder, "broken", "model.json"), "{ not json");
        Assert.Contains("model.json", Assert.Throws<ModelException>(() => new ModelCatalog(_folder).Find("broken")).Message);
    }

    [Fact]
    public async Task A_file_that_is_no_network_is_refused_when_it_is_loaded()
    {
        InstalledModel original = TestModels.Catalog.Find("mobilefacenet-512");
        string folder = Path.Combine(_folder, "mobilefacenet-512");
        Directory.CreateDirectory(folder);
        File.Copy(original.ManifestPath, Path.Combine(folder, "model.json"));
        File.WriteAllText(Path.Combine(folder, "model.onnx"), "not a network");
        using FaceAnalyzer analyzer = FaceAnalyzer
            .CreateBuilder()
            .UseCatalog(new ModelCatalog(_folder, TestModels.Catalog.Folders[0]))
            .Build();
        ModelException error = await Assert.ThrowsAsync<ModelException>(() =>
            analyzer.WarmAsync(FaceFeatures.Embedding, TestContext.Current.CancellationToken)
        );
        Assert.Contains("model.onnx", error.Message);
    }

    [Fact]
    public void A_manifest_survives_reading_and_writing()
    {
        ModelManifest manifest = TestModels.Catalog.Find("mobilefacenet-512").Manifest;
        string path = Path.Combine(_folder, "model.json");
        manifest.Write(path);
        Assert.Equal(manifest.ToJson(), ModelManifest.Read(path).ToJson());
    }
}
