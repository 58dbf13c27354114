using Semblance.Models;

namespace Semblance.Attributes;

/// <summary>Reads a distribution over whole years: its mean, and an interval from its 10th and 90th percentile.</summary>
/// <param name="scale">How the interval is drawn; null for the percentiles as they are.</param>
internal sealed class AgeReader(AgeIntervalScale? scale = null) : AttributeReader
{
    private const double Tail = 0.1;

    public override FaceAttributes Read(ReadOnlySpan<float> values, FaceAttributes face, AttributeCrop? crop = null)
    {
        double sum = 0,
            mean = 0;
        for (int year = 0; year < values.Length; year++)
        {
            sum += values[year];
            mean += (double)year * values[year];
        }
        mean /= sum;
        (double low, double high) = (Percentile(values, Tail * sum), Percentile(values, (1 - Tail) * sum));
        if (scale is not null)
            (low, high) = scale.Apply(mean, low, high, crop?.Statistics.Sharpness);
        AgeEstimate estimate = new(Round(mean), [Round(low), Round(high)]);
        return face with { Age = AttributeEstimate.Of(estimate) };
    }

    /// <summary>The age below which a given mass lies; a year's mass is spread evenly from half a year before to half a year
    /// after.</summary>
    private static double Percentile(ReadOnlySpan<float> values, double mass)
    {
        double below = 0;
        for (int year = 0; year < values.Length; year++)
        {
            if (below + values[year] >= mass && values[year] > 0)
                return Math.Max(0, year - 0.5 + (mass - below) / values[year]);
            below += values[year];
        }
        return values.Length - 1;
    }

    private static double Round(double years) => Math.Round(years, 1);
}
