using Semblance.Alignment;
using Semblance.Conversion.Onnx;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;
using Semblance.Tests.Support;

namespace Semblance.Tests.Embedding;

/// <summary>Embedders as others export them: of a fixed batch, with AdaFace's two outputs, with names of their own.</summary>
public sealed class EmbedderSignatureTests : IDisposable
{
    private const int Side = 112,
        Dimension = 8;

    private readonly TemporaryModels _models = new();

    public void Dispose() => _models.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(4, 3)]
    [InlineData(4, 9)]
    [InlineData(4, 40)]
    public void A_network_of_a_fixed_batch_gives_what_a_free_one_gives(int batch, int crops)
    {
        using OnnxFaceEmbedder free = Embedder("free", SmallNetworks.Embedder("N", Side, Dimension)),
            bound = Embedder("bound", SmallNetworks.Embedder(batch, Side, Dimension));
        AlignedFace[] faces = [.. Enumerable.Range(0, crops).Select(seed => Crop(seed, Side))];
        IReadOnlyList<FaceEmbedding> expected = free.Embed(faces, TestContext.Current.CancellationToken),
            found = bound.Embed(faces, TestContext.Current.CancellationToken);
        Assert.Equal(crops, found.Count);
        for (int i = 0; i < crops; i++)
            Assert.All(expected[i].Vector.ToArray().Zip(found[i].Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.True(crops == 1 || expected[0].Vector.Span[0] != expected[1].Vector.Span[0]);
    }

    [Fact]
    public void A_fixed_batch_flips_as_well()
    {
        using OnnxFaceEmbedder free = Embedder("free", SmallNetworks.Embedder("N", Side, Dimension), flip: true);
        using OnnxFaceEmbedder bound = Embedder("bound", SmallNetworks.Embedder(1, Side, Dimension), flip: true);
        AlignedFace[] faces = [Crop(1, Side), Crop(2, Side)];
        Assert.Equal(
            free.Embed(faces, TestContext.Current.CancellationToken).Select(face => face.Vector.Span[0]),
            bound.Embed(faces, TestContext.Current.CancellationToken).Select(face => face.Vector.Span[0]),
            (a, b) => MathF.Abs(a - b) < 1e-5f
        );
    }

    [Fact]
    public void A_unit_vector_with_its_norm_gives_the_norm_of_the_plain_network()
    {
        using OnnxFaceEmbedder plain = Embedder("plain", SmallNetworks.Embedder("N", Side, Dimension));
        using OnnxFaceEmbedder two = new(
            _models.Add(
                "two",
                ModelKind.Embedder,
                SmallNetworks.EmbedderWithNorm(Side, Dimension),
                EmbedderOutputs.Input(Side),
                EmbedderOutputs.UnitVectorAndNorm(Dimension)
            )
        );
        FaceEmbedding expected = plain.Embed([Crop(3, Side)], TestContext.Current.CancellationToken)[0],
            found = two.Embed([Crop(3, Side)], TestContext.Current.CancellationToken)[0];
        Assert.Equal(expected.Norm, found.Norm, 1e-4f * expected.Norm);
        Assert.NotInRange(found.Norm, 0.9f, 1.1f);
        Assert.Equal(expected.Vector.Span[0], found.Vector.Span[0], 1e-5f);
    }

    [Fact]
    public void An_output_of_another_name_is_found_by_its_shape()
    {
        using OnnxFaceEmbedder embedder = Embedder("renamed", SmallNetworks.Embedder("N", Side, Dimension), name: "somebody's name");
        Assert.Equal(Dimension, embedder.Embed([Crop(4, Side)], TestContext.Current.CancellationToken)[0].Dimension);
    }

    [Fact]
    public void Another_dimension_than_promised_is_refused_when_loaded()
    {
        using OnnxFaceEmbedder embedder = Embedder("short", SmallNetworks.Embedder("N", Side, Dimension), dimension: 512);
        string message = Assert.Throws<ModelException>(((IWarmable)embedder).Warm).Message;
        Assert.Contains("512", message);
        Assert.Contains("vector [?, 8]", message);
    }

    [Fact]
    public void Another_input_size_than_promised_is_refused_when_loaded()
    {
        using OnnxFaceEmbedder embedder = Embedder("small", SmallNetworks.Embedder("N", 96, Dimension));
        Assert.Contains("112 pixels", Assert.Throws<ModelException>(((IWarmable)embedder).Warm).Message);
    }

    private OnnxFaceEmbedder Embedder(string id, OnnxModel network, string name = "vector", int dimension = Dimension, bool flip = false) =>
        new(
            _models.Add(id, ModelKind.Embedder, network, EmbedderOutputs.Input(Side), EmbedderOutputs.Vector(name, dimension)),
            options: new() { Flip = flip },
            execution: TestModels.OneThread
        );

    private static AlignedFace Crop(int seed, int side)
    {
        // Few, large blocks, so that means of quarters differ from crop to crop.
        Random random = new(seed);
        byte[] pixels = new byte[3 * side * side],
            blocks = new byte[3 * 16];
        random.NextBytes(blocks);
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i / 3 % side,
                y = i / 3 / side;
            pixels[i] = blocks[(y * 4 / side * 4 + x * 4 / side) * 3 + i % 3];
        }
        return new(
            new(pixels, side, side, 3 * side, PixelFormat.Rgb24),
            new(1, 0, 0, 0),
            new DetectedFace(new(0, 0, side, side), 1, default)
        );
    }
}
