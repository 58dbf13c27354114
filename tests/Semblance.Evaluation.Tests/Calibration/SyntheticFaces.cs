using Semblance.Embedding;
using Semblance.Evaluation.Calibration;

namespace Semblance.Evaluation.Tests.Calibration;

/// <summary>
/// People as random directions in space, each with two pictures a small angle apart. Cosines of random directions in three dimensions are
/// uniform on [-1, 1] (Archimedes), so the threshold for a rate f is known: 1 - 2 f.
/// </summary>
internal static class SyntheticFaces
{
    public const string Contract = "synthetic/1";

    public static LabelledEmbedding[] People(int count, int seed, double noise = 0.05)
    {
        Random random = new(seed);
        List<LabelledEmbedding> set = [];
        for (int p = 0; p < count; p++)
        {
            double[] direction = Direction(random);
            for (int k = 0; k < 2; k++)
            {
                double[] shift = Direction(random);
                set.Add(
                    Face(
                        $"p{p}/{k}.jpg",
                        $"p{p}",
                        direction[0] + noise * shift[0],
                        direction[1] + noise * shift[1],
                        direction[2] + noise * shift[2]
                    )
                );
            }
        }
        return [.. set];
    }

    public static LabelledEmbedding Face(string image, string person, params double[] direction)
    {
        double length = Math.Sqrt(direction.Sum(x => x * x));
        return new(image, person, new FaceEmbedding(direction.Select(x => (float)(x / length)).ToArray(), 1, "synthetic", Contract));
    }

    private static double[] Direction(Random random)
    {
        double z = 2 * random.NextDouble() - 1,
            angle = 2 * Math.PI * random.NextDouble(),
            radius = Math.Sqrt(1 - z * z);
        return [radius * Math.Cos(angle), radius * Math.Sin(angle), z];
    }
}
