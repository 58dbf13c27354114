using Semblance.Alignment;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Matching;
using Semblance.Models;
using Semblance.TestSupport;

namespace Semblance.Tests.Embedding;

public sealed class OnnxFaceEmbedderTests
{
    [Fact]
    public void Vectors_have_length_one_and_keep_their_norm()
    {
        FaceEmbedding embedding = Assert.Single(TestModels.Embedder.Embed([Crop("astronaut.png")], TestContext.Current.CancellationToken));
        Assert.Equal(1, Math.Sqrt(embedding.Vector.ToArray().Sum(v => (double)v * v)), 1e-6);
        Assert.InRange(embedding.Norm, 1, 100);
    }

    [Fact]
    public void A_large_batch_gives_what_single_crops_give()
    {
        AlignedFace[] crops = [.. Enumerable.Range(0, 40).Select(i => Crop(i % 2 == 0 ? "astronaut.png" : "astronaut-dim.jpg"))];
        IReadOnlyList<FaceEmbedding> together = TestModels.Embedder.Embed(crops, TestContext.Current.CancellationToken);
        Assert.Equal(crops.Length, together.Count);
        for (int i = 0; i < 2; i++)
        {
            FaceEmbedding alone = TestModels.Embedder.Embed([crops[i]], TestContext.Current.CancellationToken)[0];
            Assert.All(together.Where((_, k) => k % 2 == i), one => Assert.True(FaceSimilarity.Cosine(one, alone) > 0.99999));
        }
    }

    [Fact]
    public void Flip_averaging_is_another_contract_and_symmetric()
    {
        using OnnxFaceEmbedder flipping = new(
            TestModels.Catalog.Find("mobilefacenet-512"),
            options: new() { Flip = true },
            execution: TestModels.OneThread
        );
        AlignedFace crop = Crop("astronaut.png");
        FaceEmbedding plain = TestModels.Embedder.Embed([crop], TestContext.Current.CancellationToken)[0],
            both = flipping.Embed([crop], TestContext.Current.CancellationToken)[0];
        FaceEmbedding mirrored = flipping.Embed([Mirror(crop)], TestContext.Current.CancellationToken)[0];
        Assert.EndsWith("+flip", both.Contract);
        Assert.True(FaceSimilarity.Cosine(both, mirrored) > 0.99999);
        EmbeddingMismatchException error = Assert.Throws<EmbeddingMismatchException>(() => FaceSimilarity.Cosine(plain, both));
        Assert.Contains(plain.Contract, error.Message);
        Assert.Contains(both.Contract, error.Message);
    }

    [Fact]
    public void Prefiltered_crops_are_another_contract() =>
        Assert.NotEqual(
            TestModels.Embedder.Contract,
            OnnxFaceEmbedder.ContractOf(
                TestModels.Catalog.Find("mobilefacenet-512").Manifest,
                new() { Prefilter = PrefilterMode.Area },
                new()
            )
        );

    [Fact]
    public void Crops_of_another_size_are_refused()
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        DetectedFace face = TestModels.Mtcnn.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken)[0];
        AlignedFace crop = new FaceAligner(new() { Size = 128 }).Align(image, face);
        Assert.Contains(
            "112 x 112",
            Assert.Throws<ModelException>(() => TestModels.Embedder.Embed([crop], TestContext.Current.CancellationToken)).Message
        );
    }

    private static AlignedFace Crop(string sample)
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample(sample));
        DetectedFace face = TestModels.Mtcnn.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken)[0];
        return new FaceAligner().Align(image, face);
    }

    private static AlignedFace Mirror(AlignedFace crop)
    {
        byte[] mirrored = new byte[crop.Size * crop.Size * 3];
        for (int y = 0; y < crop.Size; y++)
        for (int x = 0; x < crop.Size; x++)
            crop.Pixels.Row(y).Slice(3 * (crop.Size - 1 - x), 3).CopyTo(mirrored.AsSpan(3 * (y * crop.Size + x)));
        return crop with { Pixels = new(mirrored, crop.Size, crop.Size, 3 * crop.Size, PixelFormat.Rgb24) };
    }
}
