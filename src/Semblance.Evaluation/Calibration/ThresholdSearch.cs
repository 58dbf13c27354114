using Semblance.Statistics;

namespace Semblance.Evaluation.Calibration;

/// <summary>Finds the lowest thresholds at which the confidence bound of the observed false match rate keeps the rates asked for.</summary>
internal static class ThresholdSearch
{
    /// <summary>Thresholds are rounded up to five decimals, so that a manifest stays readable.</summary>
    private const int Decimals = 5;
    private const double Step = 1e-5;

    /// <summary>Thresholds of all pairs.</summary>
    /// <param name="pairs">The set.</param>
    /// <param name="rates">Falling rates.</param>
    /// <returns>One for every rate; above 1 where identical vectors stand in the way.</returns>
    public static double[] Measured(PairSimilarities pairs, double[] rates)
    {
        double[] thresholds = new double[rates.Length];
        for (int r = 0; r < rates.Length; r++)
        {
            long allowed = ClopperPearson.LargestCount(pairs.NonMated.Length, rates[r]);
            thresholds[r] = allowed >= pairs.NonMated.Length ? -1 : JustAbove(pairs.NonMated[allowed]);
        }
        return thresholds;
    }

    /// <summary>Thresholds where people were drawn several times or not at all.</summary>
    /// <param name="pairs">The set.</param>
    /// <param name="rates">Falling rates.</param>
    /// <param name="times">How often each person was drawn.</param>
    public static double[] Resampled(PairSimilarities pairs, double[] rates, int[] times)
    {
        long comparisons = Comparisons(pairs, times);
        long[] allowed = [.. rates.Select(rate => comparisons < 1 ? -1 : ClopperPearson.LargestCount(comparisons, rate))];
        double[] thresholds = new double[rates.Length];
        Array.Fill(thresholds, -1);
        long accepted = 0;
        int open = rates.Length - 1;
        for (int k = 0; k < pairs.NonMated.Length && open >= 0; k++)
        {
            (int i, int j) = pairs.NonMatedPairs[k];
            long weight = Weight(pairs, times, i, j);
            if (weight == 0)
                continue;
            accepted += weight;
            // The first pair too many must stay out, and with it all pairs as similar.
            for (; open >= 0 && accepted > allowed[open]; open--)
                thresholds[open] = Math.Min(1, JustAbove(pairs.NonMated[k]));
        }
        return thresholds;
    }

    /// <summary>Non-mated comparisons of a draw: pictures of all people with one another, less those of each person with
    /// themselves.</summary>
    private static long Comparisons(PairSimilarities pairs, int[] times)
    {
        long[] pictures = new long[pairs.People];
        foreach (int person in pairs.PersonOf)
            pictures[person] += times[person];
        long all = pictures.Sum(),
            comparisons = (all * all - pictures.Sum(own => own * own)) / 2;
        foreach ((int i, int j, bool same) in pairs.Relabelled)
            comparisons += same ? -Weight(pairs, times, i, j) : Weight(pairs, times, i, j);
        return comparisons;
    }

    /// <summary>Two people meet as often as both were drawn; a stranger's picture under a person's own name comes with that
    /// person.</summary>
    private static long Weight(PairSimilarities pairs, int[] times, int i, int j)
    {
        int a = pairs.PersonOf[i],
            b = pairs.PersonOf[j];
        return a == b ? times[a] : (long)times[a] * times[b];
    }

    private static double JustAbove(float similarity) => Math.Round(Math.Ceiling(MathF.BitIncrement(similarity) / Step) * Step, Decimals);
}
