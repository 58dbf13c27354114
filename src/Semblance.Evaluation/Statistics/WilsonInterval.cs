namespace Semblance.Evaluation.Statistics;

/// <summary>
/// The score interval of a proportion of independent trials (E. B. Wilson, JASA 22 (1927), 209): it stays inside 0 and 1 and holds what it
/// promises also near the ends.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The normal distribution's 97.5 % point.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval.</summary>
    /// <param name="events">How often it happened.</param>
    /// <param name="trials">How often it could have; 1 or more.</param>
    public static (double Low, double High) Of(long events, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events, trials);
        double n = trials,
            p = events / n,
            z2 = Z * Z;
        double centre = (p + z2 / (2 * n)) / (1 + z2 / n),
            half = Z * Math.Sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
        return (events == 0 ? 0 : centre - half, events == trials ? 1 : centre + half);
    }
}
