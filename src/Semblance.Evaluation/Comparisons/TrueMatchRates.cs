using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Comparisons;

/// <summary>True match rates at false match rates, with intervals over resampled people.</summary>
public static class TrueMatchRates
{
    /// <summary>More comparisons than this are not resampled: the rate is then given without an interval.</summary>
    private const long MostResampled = 400_000;

    /// <summary>The rates at which sets are judged.</summary>
    public static IReadOnlyList<double> Rates { get; } = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    /// <summary>Measures at every rate that the comparisons support.</summary>
    /// <param name="set">Comparisons of both kinds.</param>
    /// <param name="draws">Times that people are resampled.</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <param name="cancellationToken">Stops the resampling.</param>
    /// <exception cref="EvaluationException">A kind of comparison is missing.</exception>
    public static IReadOnlyList<TrueMatchRate> Measure(
        ComparisonSet set,
        int draws,
        int seed,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.NonMated == 0 || set.Mated.Count == 0)
            throw new EvaluationException("comparisons of the same and of different people are needed");
        double[] rates = [.. Rates.Where(rate => rate * set.NonMated >= 1)];
        bool[] resampled = [.. rates.Select(rate => rate * set.NonMated <= MostResampled && set.ThresholdFor(rate) >= set.Floor)];
        int[][] times = PeopleBootstrap.Draw(set.People, draws, seed);
        double[][] drawn = new double[draws][];
        Parallel.For(0, draws, new ParallelOptions { CancellationToken = cancellationToken }, d =>
            drawn[d] = Resampled(set, rates, resampled, times[d])
        );
        return
        [
            .. rates.Select(
                (rate, k) =>
                {
                    double threshold = set.ThresholdFor(rate);
                    long matches = set.TrueMatches(threshold);
                    double[] values = [.. drawn.Select(values => values[k]).Where(double.IsFinite)];
                    (double Low, double High)? interval = resampled[k] && values.Length > 0 ? PeopleBootstrap.Interval(values) : null;
                    return new TrueMatchRate(
                        rate,
                        threshold,
                        (double)matches / set.Mated.Count,
                        interval?.Low,
                        interval?.High,
                        set.NonMated >= RuleOfThree.TrialsFor(rate)
                    );
                }
            ),
        ];
    }

    private static double[] Resampled(ComparisonSet set, double[] rates, bool[] resampled, int[] times)
    {
        double[] result = [.. rates.Select(_ => double.NaN)];
        long trials = set.NonMatedTrials(times),
            mated = set.Mated.Sum(c => (long)times[set.PersonOf[c.A]]);
        if (trials <= 0 || mated == 0)
            return result;
        // Rates fall, so the last one is reached first as scores fall.
        int open = rates.Length - 1,
            m = 0;
        long accepted = 0,
            matches = 0;
        foreach (Comparison pair in set.Tail)
        {
            if (open < 0 || pair.Score < set.Floor || !resampled[open])
                break;
            long weight = (long)times[set.PersonOf[pair.A]] * times[set.PersonOf[pair.B]];
            if (weight == 0)
                continue;
            accepted += weight;
            while (open >= 0 && accepted > rates[open] * trials * (1 + 1e-12))
            {
                // The threshold lies just above this score.
                for (; m < set.Mated.Count && set.Mated[m].Score > pair.Score; m++)
                    matches += times[set.PersonOf[set.Mated[m].A]];
                result[open--] = (double)matches / mated;
            }
        }
        return result;
    }
}
