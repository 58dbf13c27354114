using System.Globalization;

namespace Semblance.Evaluation.Reporting;

/// <summary>An axis: which numbers it shows, and where.</summary>
internal sealed class ChartAxis
{
    private readonly bool _log;

    private ChartAxis(double low, double high, bool log, IReadOnlyList<double> ticks) => (Low, High, _log, Ticks) = (low, high, log, ticks);

    public double Low { get; }

    public double High { get; }

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>An axis that holds values, from one round number to another.</summary>
    public static ChartAxis For(IEnumerable<double> values, bool log, bool wholeRange)
    {
        double[] all = [.. values.Where(double.IsFinite)];
        if (log)
        {
            all = [.. all.Where(v => v > 0).DefaultIfEmpty(0.1)];
            int from = (int)Math.Floor(Math.Log10(all.Min()) + 1e-9),
                to = Math.Max(from + 1, (int)Math.Ceiling(Math.Log10(all.Max()) - 1e-9));
            return new(Math.Pow(10, from), Math.Pow(10, to), true, [.. Enumerable.Range(from, to - from + 1).Select(e => Math.Pow(10, e))]);
        }
        if (wholeRange)
            return new(0, 1, false, [0, 0.2, 0.4, 0.6, 0.8, 1]);
        double low = all.DefaultIfEmpty(0).Min(),
            high = all.DefaultIfEmpty(1).Max();
        if (low > 0 && low < 0.5 * high)
            low = 0;
        double step = NiceStep((high - low) / 5);
        low = Math.Floor(low / step + 1e-9) * step;
        high = Math.Max(low + step, Math.Ceiling(high / step - 1e-9) * step);
        int count = (int)Math.Round((high - low) / step);
        return new(low, high, false, [.. Enumerable.Range(0, count + 1).Select(i => low + i * step)]);
    }

    /// <summary>Where a value lies, 0 to 1.</summary>
    public double Position(double value) =>
        Math.Clamp(
            _log
                ? (Math.Log10(Math.Max(value, Low)) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low))
                : (value - Low) / (High - Low),
            0,
            1
        );

    /// <summary>A tick's number: percent where they are shares, powers of ten where they are small.</summary>
    public static string Text(double value, bool percent)
    {
        if (percent && (value == 0 || value >= 0.000999))
            return (100 * value).ToString("0.##", CultureInfo.InvariantCulture) + " %";
        if (value != 0 && Math.Abs(value) < 0.00999)
            return value.ToString("0e-0", CultureInfo.InvariantCulture);
        return value.ToString("0.###", CultureInfo.InvariantCulture);
    }

    private static double NiceStep(double rough)
    {
        if (!(rough > 0))
            return 0.1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
