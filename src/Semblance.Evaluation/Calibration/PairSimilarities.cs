using Semblance.Evaluation.Verification;
using Semblance.Matching;

namespace Semblance.Evaluation.Calibration;

/// <summary>The similarities of all pairs of a set: of one person, and of different people.</summary>
internal sealed class PairSimilarities
{
    /// <summary>More pictures would need gigabytes for their pairs; a sample of people measures as well.</summary>
    public const int MaxPictures = 20_000;

    /// <summary>Similarities of pairs of one person.</summary>
    public required float[] Mated { get; init; }

    /// <summary>Similarities of pairs of different people, highest first.</summary>
    public required float[] NonMated { get; init; }

    /// <summary>Positions in the set of the pictures of every pair of <see cref="NonMated"/>.</summary>
    public required (int I, int J)[] NonMatedPairs { get; init; }

    /// <summary>Whose each picture of the set is.</summary>
    public required int[] PersonOf { get; init; }

    /// <summary>Number of people.</summary>
    public required int People { get; init; }

    /// <summary>Pairs whose own label contradicts the names of the people.</summary>
    public required IReadOnlyList<(int I, int J, bool Same)> Relabelled { get; init; }

    /// <summary>Compares every picture with every other.</summary>
    /// <param name="set">Embeddings of one contract.</param>
    /// <param name="labels">Labels of single pairs; they win over the names of people.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EvaluationException">A picture is there twice, or there are too many.</exception>
    /// <exception cref="Embedding.EmbeddingMismatchException">Embeddings of different contracts.</exception>
    public static PairSimilarities Compute(
        IReadOnlyList<LabelledEmbedding> set,
        IReadOnlyList<LabelledPair> labels,
        CancellationToken cancellationToken
    )
    {
        if (set.Count > MaxPictures)
            throw new EvaluationException(
                $"{set.Count} pictures are too many to compare each with each; take a sample of {MaxPictures} or fewer"
            );
        Dictionary<string, int> positions = [],
            people = [];
        int[] personOf = new int[set.Count];
        for (int i = 0; i < set.Count; i++)
        {
            if (!positions.TryAdd(set[i].Image, i))
                throw new EvaluationException($"{set[i].Image} is in the set twice");
            people.TryAdd(set[i].Person, people.Count);
            personOf[i] = people[set[i].Person];
        }
        Dictionary<(int, int), bool> known = KnownPairs(labels, positions);
        float[] similarities = CompareAll(set, cancellationToken);
        float[] mated = new float[similarities.Length],
            nonMated = new float[similarities.Length];
        (int, int)[] pairs = new (int, int)[similarities.Length];
        int same = 0,
            different = 0;
        for (int i = 0; i < set.Count; i++)
        {
            int row = RowStart(i, set.Count);
            for (int j = i + 1; j < set.Count; j++)
            {
                float similarity = similarities[row + j - i - 1];
                if (known.Count > 0 && known.TryGetValue((i, j), out bool label) ? label : personOf[i] == personOf[j])
                    mated[same++] = similarity;
                else
                    (nonMated[different], pairs[different++]) = (similarity, (i, j));
            }
        }
        Array.Resize(ref mated, same);
        Array.Resize(ref nonMated, different);
        Array.Resize(ref pairs, different);
        Array.Sort(nonMated, pairs);
        Array.Reverse(nonMated);
        Array.Reverse(pairs);
        return new()
        {
            Mated = mated,
            NonMated = nonMated,
            NonMatedPairs = pairs,
            PersonOf = personOf,
            People = people.Count,
            Relabelled =
            [
                .. known
                    .Select(pair => (pair.Key.Item1, pair.Key.Item2, pair.Value))
                    .Where(pair => pair.Value != (personOf[pair.Item1] == personOf[pair.Item2])),
            ],
        };
    }

    private static float[] CompareAll(IReadOnlyList<LabelledEmbedding> set, CancellationToken cancellationToken)
    {
        int n = set.Count;
        float[] similarities = new float[n * (n - 1) / 2];
        Parallel.For(0, n, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            int row = RowStart(i, n);
            for (int j = i + 1; j < n; j++)
                similarities[row + j - i - 1] = (float)FaceSimilarity.Cosine(set[i].Embedding, set[j].Embedding);
        });
        return similarities;
    }

    /// <summary>Where the pairs of picture i with its successors begin.</summary>
    private static int RowStart(int i, int n) => i * (2 * n - i - 1) / 2;

    private static Dictionary<(int, int), bool> KnownPairs(IReadOnlyList<LabelledPair> labels, Dictionary<string, int> positions)
    {
        Dictionary<(int, int), bool> known = [];
        foreach (LabelledPair label in labels)
        {
            if (!positions.TryGetValue(label.ImageA, out int a) || !positions.TryGetValue(label.ImageB, out int b))
                continue;
            if (a == b)
                throw new EvaluationException($"{label.ImageA} is labelled as a pair with itself");
            (int, int) pair = (Math.Min(a, b), Math.Max(a, b));
            if (known.TryGetValue(pair, out bool other) && other != label.Same)
                throw new EvaluationException($"{label.ImageA} and {label.ImageB} are labelled as same and as different");
            known[pair] = label.Same;
        }
        return known;
    }
}
