using Semblance.Embedding;
using Semblance.Models;

namespace Semblance.Tests.Matching;

/// <summary>Embeddings and a calibration to match with.</summary>
internal static class MatchingFaces
{
    public const string Model = "made-up",
        Contract = "made-up/1";

    /// <summary>Thresholds 0.2 to 0.4 for rates 1e-2 to 1e-4; even odds at 0.3.</summary>
    public static ModelCalibration Calibration { get; } =
        new()
        {
            Data = "made up",
            MatedPairs = 100,
            NonMatedPairs = 100_000,
            People = 500,
            Fmr =
            [
                [1e-2, 0.2],
                [1e-3, 0.3],
                [1e-4, 0.4],
            ],
            Probability = new("logistic", 20, -6),
        };

    public static FaceEmbedding Of(float[] vector) => new(vector, 1, Model, Contract);

    /// <summary>Two embeddings of a given cosine.</summary>
    public static (FaceEmbedding A, FaceEmbedding B) Pair(double cosine) =>
        (Of([1, 0]), Of([(float)cosine, (float)Math.Sqrt(1 - cosine * cosine)]));

    public static float[] Unit(int dimension, int seed)
    {
        Random random = new(seed);
        double[] values = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble() - 0.5)];
        double length = Math.Sqrt(values.Sum(x => x * x));
        return [.. values.Select(x => (float)(x / length))];
    }
}
