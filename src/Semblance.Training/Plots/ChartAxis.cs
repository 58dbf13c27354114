using System.Globalization;

namespace Semblance.Training.Plots;

/// <summary>An axis with round marks: steps of 1, 2 or 5 times a power of ten.</summary>
/// <param name="Low">Value at its beginning.</param>
/// <param name="High">Value at its end.</param>
/// <param name="Step">From mark to mark.</param>
internal sealed record ChartAxis(double Low, double High, double Step)
{
    private const double Rounding = 1e-9,
        Narrowest = 0.05;

    /// <summary>An axis that begins and ends at marks and holds all values.</summary>
    /// <param name="low">Lowest value.</param>
    /// <param name="high">Highest value.</param>
    /// <param name="marks">About so many marks.</param>
    /// <param name="limit">Nothing can lie above it.</param>
    public static ChartAxis Around(double low, double high, int marks, double limit = double.PositiveInfinity)
    {
        if (high - low < 1e-12)
            (low, high) = (low - Narrowest * Math.Max(1e-3, Math.Abs(low)), high + Narrowest * Math.Max(1e-3, Math.Abs(high)));
        high = Math.Min(high, limit);
        double rough = (high - low) / marks,
            power = Math.Pow(10, Math.Floor(Math.Log10(rough))),
            leading = rough / power;
        double step =
            power
            * (
                leading <= 1 + Rounding ? 1
                : leading <= 2 + Rounding ? 2
                : leading <= 5 + Rounding ? 5
                : 10
            );
        return new(Math.Floor(low / step + Rounding) * step, Math.Ceiling(high / step - Rounding) * step, step);
    }

    /// <summary>Values of the marks.</summary>
    public IEnumerable<double> Marks => Enumerable.Range(0, (int)Math.Round((High - Low) / Step) + 1).Select(i => Low + i * Step);

    /// <summary>Where a value lies, 0 to 1.</summary>
    public double Place(double value) => (value - Low) / (High - Low);

    /// <summary>A mark as text, with the digits that tell it from its neighbours.</summary>
    public string Text(double mark)
    {
        int decimals = Math.Clamp((int)-Math.Floor(Math.Log10(Step) + 1e-9), 0, 6);
        return Math.Round(mark, decimals).ToString(Step >= 1 ? "#,0" : "0." + new string('0', decimals), CultureInfo.InvariantCulture);
    }
}
