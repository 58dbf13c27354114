using System.Numerics;
using System.Runtime.InteropServices;

namespace Semblance.Evaluation.Calibration;

/// <summary>The similarities of all pairs of a set: of one person, and of different people.</summary>
internal sealed class PairSimilarities
{
    /// <summary>Similarities of pairs of one person.</summary>
    public required float[] Mated { get; init; }

    /// <summary>Pairs of different people, most similar first.</summary>
    public required NonMatedPair[] NonMated { get; init; }

    /// <summary>Pictures of every person.</summary>
    public required int[] ImagesOfPerson { get; init; }

    public static PairSimilarities Compute(IReadOnlyList<LabelledEmbedding> set, CancellationToken cancellationToken)
    {
        Dictionary<string, int> people = [];
        int[] person = [.. set.Select(item => people.TryGetValue(item.Person, out int known) ? known : people[item.Person] = people.Count)];
        int[] imagesOfPerson = new int[people.Count];
        foreach (int p in person) imagesOfPerson[p]++;
        float[][] vectors = [.. set.Select(item => item.Embedding.Vector.ToArray())];
        List<float>[] mated = new List<float>[set.Count];
        List<NonMatedPair>[] nonMated = new List<NonMatedPair>[set.Count];
        Parallel.For(0, set.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            (mated[i], nonMated[i]) = ([], new(set.Count - i));
            for (int j = i + 1; j < set.Count; j++)
            {
                float similarity = Math.Clamp(Dot(vectors[i], vectors[j]), -1, 1);
                if (person[i] == person[j]) mated[i].Add(similarity);
                else nonMated[i].Add(new(similarity, i, j));
            }
        });
        NonMatedPair[] ordered = [.. nonMated.SelectMany(pairs => pairs)];
        Array.Sort(ordered, (a, b) => a.Similarity != b.Similarity ? b.Similarity.CompareTo(a.Similarity) : (a.I, a.J).CompareTo((b.I, b.J)));
        return new() { Mated = [.. mated.SelectMany(pairs => pairs)], NonMated = ordered, ImagesOfPerson = imagesOfPerson };
    }

    private static float Dot(float[] a, float[] b)
    {
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a), vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sum = Vector<float>.Zero;
        for (int k = 0; k < va.Length; k++) sum += va[k] * vb[k];
        float dot = Vector.Sum(sum);
        for (int k = va.Length * Vector<float>.Count; k < a.Length; k++) dot += a[k] * b[k];
        return dot;
    }
}

/// <summary>A pair of different people: similarity and the positions of both pictures in the set.</summary>
internal readonly record struct NonMatedPair(float Similarity, int I, int J);
