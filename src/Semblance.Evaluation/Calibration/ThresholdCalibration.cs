using Semblance.Embedding;
using Semblance.Evaluation.Statistics;
using Semblance.Models;

namespace Semblance.Evaluation.Calibration;

/// <summary>
/// Measures an embedder's thresholds: all pairs of different people of a set are non-mated comparisons, all pairs of one person mated ones. The
/// threshold for a rate is the lowest similarity at which the one-sided 95 % Clopper-Pearson bound of the observed rate does not exceed it; where
/// fewer than 3 / rate comparisons were made there is none. Comparisons share people, so people are resampled for an interval.
/// </summary>
public static class ThresholdCalibration
{
    /// <summary>Seed of the resampling.</summary>
    public const int Seed = 1;

    /// <summary>Times that people are resampled.</summary>
    public const int Resamples = 200;

    /// <summary>Most similar pairs of different people that are named: wrong labels hide there.</summary>
    public const int Suspects = 10;

    private static readonly double[] Rates = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7];

    /// <summary>Thresholds are rounded up to this, so that the manifest stays readable.</summary>
    private const double Step = 1e-5;

    /// <summary>Measures.</summary>
    /// <param name="set">Embeddings of one contract, labelled with people.</param>
    /// <param name="data">What was measured, in words; goes into the calibration.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EvaluationException">Too few people, or nobody with two pictures.</exception>
    /// <exception cref="EmbeddingMismatchException">Embeddings of different contracts.</exception>
    public static CalibrationResult Calibrate(IReadOnlyList<LabelledEmbedding> set, string data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        LabelledEmbedding? other = set.FirstOrDefault(item => item.Embedding.Contract != set[0].Embedding.Contract);
        if (other is not null) throw new EmbeddingMismatchException(set[0].Embedding.Contract, other.Embedding.Contract);
        PairSimilarities pairs = PairSimilarities.Compute(set, cancellationToken);
        double[] rates = [.. Rates.Where(rate => pairs.NonMated.Length >= 3 / rate && ClopperPearson.LargestCount(pairs.NonMated.Length, rate) >= 0)];
        if (rates.Length == 0) throw new EvaluationException($"{pairs.NonMated.Length} comparisons of different people are too few; 30 support a rate of 0.1, 30,000 one of 1e-4");
        if (pairs.Mated.Length == 0) throw new EvaluationException("nobody has two pictures, so comparisons of one person are missing");

        double[] thresholds = [.. rates.Select(rate => Threshold(pairs.NonMated, pairs.NonMated.Length, rate, _ => 1))];
        (double Low, double High)[] intervals = Resample(set, pairs, rates, cancellationToken);
        (double a, double b) = LogisticFit.Fit(pairs.Mated, [.. pairs.NonMated.Select(pair => pair.Similarity)]);
        return new(
            new ModelCalibration
            {
                Data = data,
                MatedPairs = pairs.Mated.Length,
                NonMatedPairs = pairs.NonMated.Length,
                People = pairs.ImagesOfPerson.Length,
                Fmr = [.. rates.Select((rate, i) => new[] { rate, thresholds[i] })],
                FmrInterval = [.. rates.Select((rate, i) => new[] { rate, intervals[i].Low, intervals[i].High })],
                Fnmr = [.. rates.Select((rate, i) => new[] { rate, Math.Round(pairs.Mated.Count(s => s < thresholds[i]) / (double)pairs.Mated.Length, 6) })],
                Probability = new("logistic", Math.Round(a, 4), Math.Round(b, 4)),
            },
            [.. pairs.NonMated.Take(Suspects).Select(pair => new SuspiciousPair(set[pair.I].Image, set[pair.J].Image, pair.Similarity))]);
    }

    /// <summary>The lowest threshold at which the weight of accepted pairs keeps the rate's bound.</summary>
    private static double Threshold(NonMatedPair[] ordered, long comparisons, double rate, Func<NonMatedPair, long> weight)
    {
        long allowed = ClopperPearson.LargestCount(Math.Max(1, comparisons), rate), accepted = 0;
        foreach (NonMatedPair pair in ordered)
        {
            accepted += weight(pair);
            // The first pair too many must stay out, and with it all pairs as similar.
            if (accepted > allowed) return RoundUp(Math.BitIncrement(pair.Similarity));
        }
        return -1;
    }

    private static double RoundUp(double similarity) => Math.Round(Math.Min(1, Math.Ceiling(similarity / Step) * Step), 5);

    private static (double, double)[] Resample(
        IReadOnlyList<LabelledEmbedding> set, PairSimilarities pairs, double[] rates, CancellationToken cancellationToken)
    {
        Random random = new(Seed);
        string[] people = [.. set.Select(item => item.Person).Distinct()];
        Dictionary<string, int> index = people.Select((person, i) => (person, i)).ToDictionary(x => x.person, x => x.i);
        int[] personOf = [.. set.Select(item => index[item.Person])];
        // Resampled thresholds lie near the measured ones: far more pairs than the largest rate needs are never looked at.
        NonMatedPair[] top = pairs.NonMated[..(int)Math.Min(pairs.NonMated.Length, Math.Ceiling(pairs.NonMated.Length * Math.Min(1, 2 * rates[0])))];
        double[][] thresholds = new double[Resamples][];
        int[][] draws = [.. Enumerable.Range(0, Resamples).Select(_ => Draw(random, people.Length))];
        Parallel.For(0, Resamples, new ParallelOptions { CancellationToken = cancellationToken }, r =>
        {
            int[] times = draws[r];
            long images = 0, withinPeople = 0;
            for (int p = 0; p < times.Length; p++)
            {
                long own = (long)times[p] * pairs.ImagesOfPerson[p];
                images += own;
                withinPeople += own * own;
            }
            long comparisons = (images * images - withinPeople) / 2;
            thresholds[r] = [.. rates.Select(rate => Threshold(top, comparisons, rate, pair => (long)times[personOf[pair.I]] * times[personOf[pair.J]]))];
        });
        return [.. rates.Select((_, i) => Interval([.. thresholds.Select(t => t[i]).Order()]))];
    }

    private static int[] Draw(Random random, int people)
    {
        int[] times = new int[people];
        for (int i = 0; i < people; i++) times[random.Next(people)]++;
        return times;
    }

    /// <summary>The middle 95 %.</summary>
    private static (double, double) Interval(double[] ordered) =>
        (ordered[(int)(0.025 * (ordered.Length - 1))], ordered[(int)Math.Ceiling(0.975 * (ordered.Length - 1))]);
}
