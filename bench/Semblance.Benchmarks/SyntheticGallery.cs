namespace Semblance.Benchmarks;

/// <summary>Seeded unit vectors in groups, like the photographs of people: mated pairs have a cosine of about 0.6, others of about
/// 0.</summary>
internal static unsafe class SyntheticGallery
{
    private const double Spread = 0.8;
    private const int Seed = 20261124;

    /// <summary>Fills [count, dimension]; the photographs of a person are neighbours.</summary>
    /// <returns>Probes [probes, dimension]; the first half of people in the gallery, the second of strangers.</returns>
    public static float[] Fill(float* vectors, int count, int dimension, int photographs, int probes)
    {
        Parallel.For(0, (count + photographs - 1) / photographs, person =>
        {
            for (int i = person * photographs; i < Math.Min(count, (person + 1) * photographs); i++)
                Photograph(person, i, new Span<float>(vectors + (long)i * dimension, dimension));
        });
        return Probes(count, dimension, photographs, probes);
    }

    /// <summary>Fills a part, [length / dimension, dimension], of a larger gallery.</summary>
    public static void Fill(float[] vectors, int first, int dimension, int photographs) =>
        Parallel.For(0, vectors.Length / dimension, i =>
            Photograph((first + i) / photographs, first + i, vectors.AsSpan(i * dimension, dimension))
        );

    /// <summary>The probes for a gallery of so many photographs.</summary>
    public static float[] Probes(int count, int dimension, int photographs, int probes)
    {
        float[] result = new float[probes * dimension];
        for (int i = 0; i < probes; i++)
        {
            int person = i < probes / 2 ? (int)((long)i * count / photographs / probes) : -1 - i;
            Photograph(person, -1 - i, result.AsSpan(i * dimension, dimension));
        }
        return result;
    }

    private static void Photograph(int person, int photograph, Span<float> vector)
    {
        Random face = new(HashCode(Seed, person)),
            conditions = new(HashCode(Seed + 1, photograph));
        double squares = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            double value = Normal(face) + Spread * Normal(conditions);
            squares += value * value;
            vector[i] = (float)value;
        }
        float length = (float)Math.Sqrt(squares);
        for (int i = 0; i < vector.Length; i++)
            vector[i] /= length;
    }

    /// <summary>The sum of four uniform numbers: near enough to a normal one, and quick.</summary>
    private static double Normal(Random random)
    {
        ulong bits = (ulong)random.NextInt64();
        return (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 47 & 0xFFFF) - 2.0 * 0xFFFF;
    }

    private static int HashCode(int seed, int value) => unchecked(seed * 31 + value * (int)0x9E3779B1);
}
