using Semblance.Models;

namespace Semblance.Tests.Models;

public sealed class PullableCatalogTests
{
    public static TheoryData<string> Ids => [.. PullableCatalog.Default.Models.Select(model => model.Id)];

    [Fact]
    public void Every_id_is_there_once_and_none_is_of_the_pack()
    {
        string[] ids = [.. PullableCatalog.Default.Models.Select(model => model.Id)];
        Assert.Equal(16, ids.Length);
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Empty(ids.Intersect(TestModels.Catalog.List().Select(model => model.Id)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_entry_is_complete(string id)
    {
        PullableModel model = PullableCatalog.Default.Find(id);
        Assert.Equal(id, ModelId.Require(model.Id));
        Assert.Matches("^[0-9a-f]{64}$", model.Sha256);
        Assert.EndsWith(".onnx", model.Address);
        Assert.Equal(PullableCatalog.Default.Base.Host, new Uri(PullableCatalog.Default.Base, model.Address).Host);
        Assert.NotEmpty(model.Manifest.License);
        Assert.NotEmpty(model.Manifest.TrainingData);
        Assert.Equal(3, model.Manifest.Input.Mean.Count);
        Assert.Equal(model.Manifest.Kinds.Contains(ModelKind.Embedder), model.Manifest.Contract is not null);
        Assert.Equal(model.Manifest.Kinds.Contains(ModelKind.Detector), model.Manifest.Output.Decoder is not null);
    }

    [Fact]
    public void Nothing_is_said_about_commercial_use_where_the_licence_of_the_weights_is_not_stated() =>
        Assert.All(PullableCatalog.Default.Models, model =>
            Assert.Equal(model.Manifest.License.Contains("not stated"), model.Manifest.CommercialUse is null)
        );

    [Theory]
    [InlineData("adaface-ir101", "BGR")]
    [InlineData("adaface-ir18", "BGR")]
    [InlineData("arcface-r50", "RGB")]
    [InlineData("scrfd-10g", "RGB")]
    [InlineData("retinaface-resnet34", "BGR")]
    [InlineData("minifasnet-v2", "BGR")]
    public void Channels_are_those_that_the_weights_were_trained_with(string id, string channels) =>
        Assert.Equal(channels, PullableCatalog.Default.Find(id).Manifest.Input.Channels);

    [Fact]
    public void No_model_of_InsightFace_is_offered_for_commercial_use() =>
        Assert.All(PullableCatalog.Default.Models.Where(model => model.Manifest.License.Contains("InsightFace")), model =>
            Assert.False(model.Manifest.CommercialUse)
        );

    [Fact]
    public void A_model_that_can_be_pulled_says_so_when_it_is_missing()
    {
        ModelException error = Assert.Throws<ModelException>(() => TestModels.Catalog.Find("adaface-ir101"));
        Assert.True(error.IsPullable);
        Assert.Contains("adaface-ir101", error.Message);
        Assert.Equal("pull it", error.Remedy);
    }
}
