namespace Semblance.Evaluation.Statistics;

/// <summary>
/// Resamples people with replacement, as comparisons of one person depend on one another (Efron and Tibshirani, An Introduction to the
/// Bootstrap, section 13.3: the percentile interval). The same seed gives the same draws.
/// </summary>
internal static class PeopleBootstrap
{
    private const double Tail = 0.025;

    /// <summary>How often each person was drawn, draw by draw; a draw has two different people at least.</summary>
    /// <param name="people">People, two or more.</param>
    /// <param name="draws">Number of draws.</param>
    /// <param name="seed">Seed of the randomness.</param>
    public static int[][] Draw(int people, int draws, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(people, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        Random random = new(seed);
        int[][] all = new int[draws][];
        for (int d = 0; d < draws; d++)
        {
            do all[d] = DrawOnce(people, random);
            while (all[d].Count(times => times > 0) < 2);
        }
        return all;
    }

    /// <summary>The middle 95 % of values, taken outwards to whole positions.</summary>
    public static (double Low, double High) Interval(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return (ordered[(int)(Tail * (ordered.Length - 1))], ordered[(int)Math.Ceiling((1 - Tail) * (ordered.Length - 1))]);
    }

    private static int[] DrawOnce(int people, Random random)
    {
        int[] times = new int[people];
        for (int i = 0; i < people; i++)
            times[random.Next(people)]++;
        return times;
    }
}
