namespace Semblance.Statistics;

/// <summary>
/// Exact confidence bounds of a rate from a count (Clopper and Pearson, Biometrika 1934): the upper bound is the rate at which so few or
/// fewer events would be seen with probability 1 - confidence. Without an event it is 1 - (1 - confidence)^(1 / trials).
/// </summary>
public static class ClopperPearson
{
    /// <summary>95 %.</summary>
    public const double DefaultConfidence = 0.95;

    /// <summary>Enough to halve from 1 down to neighbouring numbers for every rate that a count of trials can have.</summary>
    private const int Halvings = 200;

    /// <summary>The one-sided upper bound of the rate.</summary>
    /// <param name="events">How often it happened.</param>
    /// <param name="trials">How often it could have.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No trial, more events than trials, or no confidence.</exception>
    public static double Upper(long events, long trials, double confidence = DefaultConfidence)
    {
        Check(events, trials, confidence);
        return events == trials ? 1 : Solve(rate => AtMost(events, trials, rate) > 1 - confidence);
    }

    /// <summary>The one-sided lower bound of the rate.</summary>
    /// <inheritdoc cref="Upper"/>
    public static double Lower(long events, long trials, double confidence = DefaultConfidence)
    {
        Check(events, trials, confidence);
        return events == 0 ? 0 : Solve(rate => AtLeast(events, trials, rate) < 1 - confidence);
    }

    /// <summary>The two-sided interval: what lies outside is shared equally between both ends.</summary>
    /// <inheritdoc cref="Upper"/>
    public static (double Lower, double Upper) Interval(long events, long trials, double confidence = DefaultConfidence)
    {
        Check(events, trials, confidence);
        double oneSided = 1 - (1 - confidence) / 2;
        return (Lower(events, trials, oneSided), Upper(events, trials, oneSided));
    }

    /// <summary>The largest count whose one-sided upper bound does not exceed a rate; -1 when there is none (the rule of three).</summary>
    /// <param name="trials">How often it could have happened.</param>
    /// <param name="rate">The rate to keep.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    public static long LargestCount(long trials, double rate, double confidence = DefaultConfidence)
    {
        Check(0, trials, confidence);
        if (!(rate is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate lies above 0 and up to 1.");
        if (rate == 1)
            return trials;
        // The bound grows with the count, and Upper(k) <= rate is the same as P(at most k | rate) <= 1 - confidence.
        long low = -1,
            high = trials;
        while (high - low > 1)
        {
            long middle = low + (high - low) / 2;
            if (AtMost(middle, trials, rate) <= 1 - confidence)
                low = middle;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>Probability of at most so many events: the binomial distribution function; fewer than all.</summary>
    private static double AtMost(long events, long trials, double rate) =>
        IncompleteBeta.Regularized(1 - rate, rate, trials - events, events + 1);

    /// <summary>Probability of at least so many events; one or more.</summary>
    private static double AtLeast(long events, long trials, double rate) =>
        IncompleteBeta.Regularized(rate, 1 - rate, events, trials - events + 1);

    private static double Solve(Func<double, bool> isBelow)
    {
        double low = 0,
            high = 1;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            if (middle == low || middle == high)
                break;
            if (isBelow(middle))
                low = middle;
            else
                high = middle;
        }
        return high;
    }

    private static void Check(long events, long trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events, trials);
        if (!(confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
    }
}
