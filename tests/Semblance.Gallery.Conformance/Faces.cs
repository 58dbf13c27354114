using Semblance.Embedding;
using Semblance.Matching;
using Semblance.Models;

namespace Semblance.Gallery.Conformance;

/// <summary>Seeded embeddings that stand for faces.</summary>
public static class Faces
{
    public const int Dimension = 64;
    public const string Embedder = "conformance-embedder";
    public const string ContractId = "conformance/rgb/1";

    public static GalleryContract Contract { get; } = new(Embedder, ContractId, Dimension);

    /// <summary>Thresholds down to a false match rate of 1e-4, as an embedder's manifest would have them.</summary>
    public static FaceMatcher Matcher { get; } =
        new(
            Embedder,
            ContractId,
            new ModelCalibration
            {
                Data = "conformance",
                MatedPairs = 100,
                NonMatedPairs = 100_000,
                People = 100,
                Fmr =
                [
                    [1e-1, 0.20],
                    [1e-2, 0.35],
                    [1e-3, 0.50],
                    [1e-4, 0.60],
                ],
                Probability = new("logistic", 20, -10),
            }
        );

    /// <summary>A unit vector, uniform over the sphere.</summary>
    public static FaceEmbedding Of(int seed) => Normalized(Gaussians(new Random(seed)), norm: 10 + seed % 7);

    /// <summary>A face of the same person: cosine about 0.8 to <see cref="Of(int)"/>.</summary>
    public static FaceEmbedding Like(int seed, int variant)
    {
        float[] own = Gaussians(new Random(seed)),
            other = Gaussians(new Random(HashCode(seed, variant)));
        return Normalized([.. own.Zip(other, (a, b) => a + 0.7f * b)], norm: 10 + variant % 5);
    }

    public static ReferenceDraft Draft(FaceEmbedding embedding) => new(embedding);

    public static double Cosine(FaceEmbedding a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < b.Length; i++)
            sum += (double)a.Vector.Span[i] * b[i];
        return sum;
    }

    private static int HashCode(int seed, int variant) => unchecked(seed * 7919 + variant * 104729 + 13);

    private static float[] Gaussians(Random random)
    {
        float[] values = new float[Dimension];
        for (int i = 0; i < Dimension; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }

    private static FaceEmbedding Normalized(float[] values, float norm)
    {
        double length = Math.Sqrt(values.Sum(v => (double)v * v));
        return new(values.Select(v => (float)(v / length)).ToArray(), norm, Embedder, ContractId);
    }
}
