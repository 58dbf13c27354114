using Microsoft.Extensions.AI;
using Semblance.Imaging;
using Semblance.TestSupport;

namespace Semblance.Gallery.VectorData.Tests;

public sealed class FaceEmbeddingGeneratorTests : IDisposable
{
    private readonly FaceAnalyzer _analyzer = FaceAnalyzer.CreateDefault();

    private static PictureItem Astronaut => PictureItem.FromFile(ReferenceData.Sample("astronaut.png"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _analyzer.Dispose();

    [Fact]
    public async Task Embedding_is_that_of_the_analyzer_and_carries_its_contract()
    {
        using FaceEmbeddingGenerator generator = new(_analyzer);
        GeneratedEmbeddings<Embedding<float>> made = await generator.GenerateAsync([Astronaut, Astronaut], cancellationToken: Stop);
        ImageAnalysis photo = await _analyzer.AnalyzeAsync(Astronaut, FaceFeatures.Embedding, Stop);
        Assert.Equal(2, made.Count);
        Assert.Equal(photo.Faces![0].Embedding!.Vector.ToArray(), made[1].Vector.ToArray());
        Assert.Equal(_analyzer.Embedder.Contract, made[0].ModelId);
    }

    [Fact]
    public async Task Picture_without_a_face_is_an_error_by_name()
    {
        using FaceEmbeddingGenerator generator = new(_analyzer);
        NoFaceException error = await Assert.ThrowsAsync<NoFaceException>(() =>
            generator.GenerateAsync([PictureItem.FromFile("the cat", ReferenceData.Sample("chelsea.png"))], cancellationToken: Stop)
        );
        Assert.Contains("the cat", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_dimension_is_refused()
    {
        using FaceEmbeddingGenerator generator = new(_analyzer);
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync([Astronaut], new() { Dimensions = 128 }, Stop));
        Assert.Throws<ArgumentException>(() => new FaceEmbeddingGenerator(_analyzer, FaceChoice.All));
    }

    [Fact]
    public void Generator_tells_what_it_is_and_leaves_the_analyzer_to_its_owner()
    {
        FaceEmbeddingGenerator generator = new(_analyzer);
        var metadata = (EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!;
        Assert.Equal(("Semblance", 512), (metadata.ProviderName, metadata.DefaultModelDimensions));
        Assert.Same(_analyzer, generator.GetService(typeof(IFaceAnalyzer)));
        Assert.Null(generator.GetService(typeof(string)));
        generator.Dispose();
        Assert.Equal(512, _analyzer.Embedder.Dimension);
    }
}
