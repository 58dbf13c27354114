using System.Globalization;

namespace Semblance.Evaluation.Statistics;

/// <summary>
/// An observed rate with its 95 % interval. Without an event the rate is never given as zero: what is known then is that it lies below
/// <see cref="High"/>.
/// </summary>
/// <param name="Events">How often it happened.</param>
/// <param name="Trials">How often it could have.</param>
/// <param name="Low">Lower end of the interval, 0 to 1.</param>
/// <param name="High">Upper end of the interval, 0 to 1; the one-sided 95 % bound where there was no event.</param>
public sealed record RateEstimate(long Events, long Trials, double Low, double High)
{
    /// <summary>Events by trials; NaN without a trial.</summary>
    public double Rate => Trials == 0 ? double.NaN : (double)Events / Trials;

    /// <summary>Whether nothing happened, so that only an upper bound is known.</summary>
    public bool IsBound => Events == 0;

    /// <summary>The rate, or its upper bound where nothing happened: what stands in quotients.</summary>
    public double RateOrBound => IsBound ? High : Rate;

    /// <summary>The rate of independent trials, with Wilson's interval (see <see cref="WilsonInterval"/>).</summary>
    /// <param name="events">How often it happened.</param>
    /// <param name="trials">How often it could have; 0 gives a rate of which nothing is known.</param>
    public static RateEstimate Independent(long events, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events, trials);
        if (trials == 0)
            return new(0, 0, 0, 1);
        if (events == 0)
            return new(0, trials, 0, RuleOfThree.UpperBound(trials));
        (double low, double high) = WilsonInterval.Of(events, trials);
        return new(events, trials, low, high);
    }

    /// <summary>The rate of trials that depend on one another, with an interval that resampling gave.</summary>
    /// <param name="events">How often it happened.</param>
    /// <param name="trials">How often it could have.</param>
    /// <param name="low">Lower end of the resampled interval.</param>
    /// <param name="high">Upper end of the resampled interval.</param>
    public static RateEstimate Resampled(long events, long trials, double low, double high) =>
        trials == 0 || events == 0 ? Independent(events, trials) : new(events, trials, low, high);

    /// <summary>The rate in words: a percentage, or a small number as a power of ten, or "below" its bound.</summary>
    public override string ToString() =>
        Trials == 0 ? "not measured"
        : IsBound ? $"below {Text(High)}"
        : Text(Rate);

    /// <summary>A rate as people read it: percent from a tenth of a percent on, below that with its power of ten.</summary>
    /// <param name="rate">0 to 1.</param>
    public static string Text(double rate) =>
        double.IsNaN(rate) ? "–"
        : rate == 0 ? "0"
        : rate >= 0.1 ? (100 * rate).ToString("0.0", CultureInfo.InvariantCulture) + " %"
        : rate >= 0.001 ? (100 * rate).ToString("0.00", CultureInfo.InvariantCulture) + " %"
        : rate.ToString("0.0e-0", CultureInfo.InvariantCulture);
}
