using static System.FormattableString;

namespace Semblance.Matching;

/// <summary>A false match rate was asked for that the measurement cannot support; it is refused, not extrapolated.</summary>
public sealed class UnsupportedRateException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public UnsupportedRateException(string model, double asked, double smallest, double largest)
        : base(
            asked < smallest
                ? Invariant($"a false match rate of {asked:0.###e+0} is below what the calibration of '{model}' supports; the smallest is ")
                    + $"{RateText.RoundedUp(smallest)}"
                : Invariant(
                    $"a false match rate of {asked:0.###e+0} is above the calibrated range of '{model}'; the largest is {largest:0.###e+0}"
                )
        ) => (Asked, Smallest, Largest) = (asked, smallest, largest);

    /// <summary>Creates the error for a rate that is not a single comparison's, e.g. that of a search.</summary>
    /// <param name="message">Names the rate and the smallest that is supported.</param>
    /// <param name="asked">The rate asked for.</param>
    /// <param name="smallest">The smallest rate supported.</param>
    /// <param name="largest">The largest rate supported.</param>
    /// <param name="inner">What it follows from.</param>
    public UnsupportedRateException(string message, double asked, double smallest, double largest, Exception? inner)
        : base(message, inner) => (Asked, Smallest, Largest) = (asked, smallest, largest);

    /// <summary>Among how many references of one person, each compared by itself, the rate is shared; 1 where it is not.</summary>
    public int SharedAmong { get; init; } = 1;

    /// <summary>The rate asked for.</summary>
    public double Asked { get; }

    /// <summary>The smallest rate supported.</summary>
    public double Smallest { get; }

    /// <summary>The largest rate supported.</summary>
    public double Largest { get; }

    /// <inheritdoc/>
    public override string Code => "unsupported-rate";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Unsupported;
}
