using Semblance.Embedding;
using Semblance.Matching;

namespace Semblance.Evaluation.Verification;

/// <summary>
/// Ten-fold verification as LFW has it: the threshold that is best on nine folds decides on the tenth (Huang et al., technical report
/// 07-49).
/// </summary>
public static class VerificationProtocol
{
    /// <summary>Folds where the pairs do not bring their own.</summary>
    public const int DefaultFolds = 10;

    /// <summary>Rates from here on are given however few pairs there are.</summary>
    private const double AlwaysGiven = 1e-3;

    private static readonly (string Name, double Rate)[] Rates = [("1e-2", 1e-2), ("1e-3", 1e-3), ("1e-4", 1e-4), ("1e-5", 1e-5)];

    /// <summary>Measures on embeddings.</summary>
    /// <param name="pairs">Labelled pairs.</param>
    /// <param name="embeddings">The face of every picture of the pairs; null where there is none.</param>
    /// <exception cref="EvaluationException">A picture is not there, pairs of one kind only, or fewer than two folds.</exception>
    /// <exception cref="EmbeddingMismatchException">Embeddings of different contracts.</exception>
    public static VerificationReport Evaluate(IReadOnlyList<LabelledPair> pairs, IReadOnlyDictionary<string, FaceEmbedding?> embeddings)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(embeddings);
        HashSet<string> missed = [.. pairs.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Where(image => Embedding(image) is null)];
        return Evaluate(
            pairs,
            pair => Embedding(pair.ImageA) is { } a && Embedding(pair.ImageB) is { } b ? FaceSimilarity.Cosine(a, b) : null,
            missed
        );

        FaceEmbedding? Embedding(string image) =>
            embeddings.TryGetValue(image, out FaceEmbedding? known) ? known : throw new EvaluationException($"{image} was not embedded");
    }

    /// <summary>Measures.</summary>
    /// <param name="pairs">Labelled pairs.</param>
    /// <param name="similarity">Cosine of two pictures; null when one has no face.</param>
    /// <param name="missed">Pictures without a face.</param>
    /// <exception cref="EvaluationException">Pairs of one kind only, or fewer than two folds.</exception>
    public static VerificationReport Evaluate(
        IReadOnlyList<LabelledPair> pairs,
        Func<LabelledPair, double?> similarity,
        IReadOnlySet<string> missed
    )
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(similarity);
        ArgumentNullException.ThrowIfNull(missed);
        ScoredPair[] scored = AssignFolds(pairs, similarity);
        int[] folds = [.. scored.Select(pair => pair.Fold).Distinct().Order()];
        if (folds.Length < 2)
            throw new EvaluationException($"cross-validation needs two folds at least, the pairs have {folds.Length}");
        if (scored.All(pair => pair.Same) || !scored.Any(pair => pair.Same))
            throw new EvaluationException("pairs of the same and of different people are needed");

        List<double> accuracies = [],
            thresholds = [];
        foreach (int fold in folds)
        {
            double threshold = BestThreshold([.. scored.Where(pair => pair.Fold != fold)]);
            accuracies.Add(scored.Where(pair => pair.Fold == fold).Average(pair => IsRight(pair, threshold) ? 1.0 : 0));
            thresholds.Add(threshold);
        }
        double mean = accuracies.Average();
        RocCurve roc = new(scored.Select(pair => (pair.Similarity, pair.Same)));
        int different = scored.Count(pair => !pair.Same);
        return new(
            pairs.Count,
            pairs.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Distinct().Count(),
            missed.Count,
            mean,
            Math.Sqrt(accuracies.Average(accuracy => (accuracy - mean) * (accuracy - mean))),
            thresholds.Average(),
            roc.Auc(),
            roc.EqualErrorRate(),
            // A rate below one in all different pairs cannot be observed: the two common ones then mean no false match at all, others are
            // left out.
            Rates
                .Where(rate => rate.Rate >= AlwaysGiven || rate.Rate * different >= 1)
                .ToDictionary(rate => rate.Name, rate => roc.TrueMatchRateAt(rate.Rate))
        );
    }

    /// <summary>Folds by the column; otherwise the i-th same and the i-th different pair go to fold 10 i / n of their kind.</summary>
    private static ScoredPair[] AssignFolds(IReadOnlyList<LabelledPair> pairs, Func<LabelledPair, double?> similarity)
    {
        int same = pairs.Count(pair => pair.Same),
            different = pairs.Count - same,
            nextSame = 0,
            nextDifferent = 0;
        ScoredPair[] scored = new ScoredPair[pairs.Count];
        for (int i = 0; i < scored.Length; i++)
        {
            LabelledPair pair = pairs[i];
            int fold = pair.Fold
                ?? (pair.Same ? (int)((long)DefaultFolds * nextSame++ / same) : (int)((long)DefaultFolds * nextDifferent++ / different));
            scored[i] = new(similarity(pair), pair.Same, fold);
        }
        return scored;
    }

    /// <summary>The threshold with the most right answers: midway between neighbouring similarities; the highest of several.</summary>
    private static double BestThreshold(ScoredPair[] training)
    {
        ScoredPair[] ordered = [.. training.Where(pair => pair.Similarity is not null).OrderByDescending(pair => pair.Similarity)];
        int right = ordered.Count(pair => !pair.Same),
            best = right;
        double threshold = ordered.Length == 0 ? 0 : Math.BitIncrement(ordered[0].Similarity!.Value);
        for (int i = 0; i < ordered.Length; i++)
        {
            right += ordered[i].Same ? 1 : -1;
            double here = ordered[i].Similarity!.Value,
                next = i + 1 < ordered.Length ? ordered[i + 1].Similarity!.Value : here;
            if (right <= best || (i + 1 < ordered.Length && next == here))
                continue;
            (best, threshold) = (right, (here + next) / 2);
        }
        return threshold;
    }

    private static bool IsRight(ScoredPair pair, double threshold) =>
        pair.Similarity is { } similarity && similarity >= threshold == pair.Same;
}
