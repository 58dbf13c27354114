using Semblance.Models;

namespace Semblance.Training.Attributes.Calibration;

/// <summary>What a network says about the age of a labelled face.</summary>
/// <param name="Label">The labelled age in years.</param>
/// <param name="Mean">The estimated one.</param>
/// <param name="Low">10th percentile of its distribution.</param>
/// <param name="High">90th percentile.</param>
/// <param name="Sharpness">Sharpness of the crop.</param>
internal readonly record struct IntervalFace(double Label, double Mean, double Low, double High, double Sharpness)
{
    /// <summary>Whether the interval as a scale draws it holds the label, to the tenths of a year in which intervals are told.</summary>
    public bool IsHeld(AgeIntervalScale? scale)
    {
        (double low, double high) = Interval(scale);
        return Label >= Math.Round(low, 1) && Label <= Math.Round(high, 1);
    }

    /// <summary>The interval as a scale draws it; without one as it is.</summary>
    public (double Low, double High) Interval(AgeIntervalScale? scale) => scale?.Apply(Mean, Low, High, Sharpness) ?? (Low, High);
}
