using FsCheck.Fluent;
using Semblance.Embedding;
using Semblance.Matching;
using Semblance.Tests.Support;

namespace Semblance.Tests.Matching;

public sealed class FaceSimilarityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(128)]
    [InlineData(512)]
    public void Cosine_equals_the_sum_of_products_for_any_length(int dimension)
    {
        float[] a = MatchingFaces.Unit(dimension, seed: 1),
            b = MatchingFaces.Unit(dimension, seed: 2);
        double exact = a.Zip(b, (x, y) => (double)x * y).Sum();
        Assert.Equal(exact, FaceSimilarity.Cosine(MatchingFaces.Of(a), MatchingFaces.Of(b)), 1e-6);
    }

    [Fact]
    public void Cosine_never_leaves_its_range_by_rounding()
    {
        SeededProperty.Check(Gen.Choose(0, 1_000_000), seed =>
        {
            FaceEmbedding face = MatchingFaces.Of(MatchingFaces.Unit(512, seed));
            Assert.InRange(FaceSimilarity.Cosine(face, face), 1 - 1e-5, 1);
        });
    }

    [Fact]
    public void Cosine_is_symmetric() => SeededProperty.Check(Gen.Choose(0, 1_000_000), seed =>
        {
            FaceEmbedding a = MatchingFaces.Of(MatchingFaces.Unit(100, seed)),
                b = MatchingFaces.Of(MatchingFaces.Unit(100, seed + 1));
            Assert.Equal(FaceSimilarity.Cosine(a, b), FaceSimilarity.Cosine(b, a));
        });

    [Fact]
    public void Cosine_refuses_embeddings_of_two_contracts_and_names_both()
    {
        FaceEmbedding a = MatchingFaces.Of([1, 0]),
            b = a with { Contract = "other/1" };
        EmbeddingMismatchException error = Assert.Throws<EmbeddingMismatchException>(() => FaceSimilarity.Cosine(a, b));
        Assert.Equal((MatchingFaces.Contract, "other/1"), (error.ContractA, error.ContractB));
    }

    [Fact]
    public void Cosine_refuses_vectors_of_two_lengths() =>
        Assert.Throws<EmbeddingMismatchException>(() => FaceSimilarity.Cosine(MatchingFaces.Of([1, 0]), MatchingFaces.Of([1, 0, 0])));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.5, 1)]
    [InlineData(0, 1.4142135623730951)]
    [InlineData(-1, 2)]
    public void Distance_is_the_root_of_two_less_two_cosines(double cosine, double distance)
    {
        Assert.Equal(distance, FaceSimilarity.DistanceOf(cosine), 1e-12);
        Assert.Equal(cosine, FaceSimilarity.CosineOf(distance), 1e-12);
    }

    [Fact]
    public void Distance_equals_the_length_of_the_difference() => SeededProperty.Check(Gen.Choose(0, 1_000_000), seed =>
        {
            float[] a = MatchingFaces.Unit(64, seed),
                b = MatchingFaces.Unit(64, seed + 1);
            double length = Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum());
            Assert.Equal(length, FaceSimilarity.DistanceOf(FaceSimilarity.Cosine(MatchingFaces.Of(a), MatchingFaces.Of(b))), 1e-5);
        });
}
