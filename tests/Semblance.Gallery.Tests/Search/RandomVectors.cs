namespace Semblance.Gallery.Tests.Search;

/// <summary>Seeded unit vectors, alone or in groups like the photographs of people.</summary>
internal static class RandomVectors
{
    /// <summary>[count, dimension], uniform over the sphere.</summary>
    public static float[] Uniform(int count, int dimension, int seed)
    {
        Random random = new(seed);
        float[] vectors = new float[count * dimension];
        for (int i = 0; i < count; i++)
            Normalize(vectors.AsSpan(i * dimension, dimension), _ => Gaussian(random));
        return vectors;
    }

    /// <summary>[count, dimension] around centres; cosine to the centre about 1 / sqrt(1 + spread²).</summary>
    public static float[] Groups(int count, int dimension, int groups, double spread, int seed)
    {
        float[] centres = Uniform(groups, dimension, seed);
        Random random = new(seed + 1);
        float[] vectors = new float[count * dimension];
        for (int i = 0; i < count; i++)
        {
            int centre = i % groups * dimension;
            Normalize(vectors.AsSpan(i * dimension, dimension), j =>
                centres[centre + j] + spread * Gaussian(random) / Math.Sqrt(dimension)
            );
        }
        return vectors;
    }

    private static void Normalize(Span<float> vector, Func<int, double> component)
    {
        double[] values = [.. Enumerable.Range(0, vector.Length).Select(component)];
        double length = Math.Sqrt(values.Sum(x => x * x));
        for (int i = 0; i < values.Length; i++)
            vector[i] = (float)(values[i] / length);
    }

    /// <summary>Box and Muller's method.</summary>
    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
