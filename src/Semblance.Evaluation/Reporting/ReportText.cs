using System.Globalization;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Reporting;

/// <summary>Numbers as reports write them.</summary>
public static class ReportText
{
    /// <summary>A figure's value.</summary>
    /// <param name="figure">The figure.</param>
    public static string Value(ReportFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return (figure.IsBound ? "below " : "") + Number(figure.Value, figure.Kind);
    }

    /// <summary>A figure's interval; empty where there is none.</summary>
    /// <param name="figure">The figure.</param>
    public static string Interval(ReportFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure is { Low: { } low, High: { } high } ? $"{Number(low, figure.Kind)} to {Number(high, figure.Kind)}" : "";
    }

    /// <summary>A number of a kind.</summary>
    /// <param name="value">The number.</param>
    /// <param name="kind">How it is read.</param>
    public static string Number(double value, FigureKind kind) =>
        double.IsNaN(value)
            ? "–"
            : kind switch
            {
                FigureKind.Share => Invariant(100 * value, "0.0") + " %",
                FigureKind.Rate => RateEstimate.Text(value),
                FigureKind.Number => Invariant(value, "0.000"),
                FigureKind.Ratio => Invariant(value, value < 10 ? "0.00" : "0.0"),
                FigureKind.Score => Invariant(value, "0.0000"),
                FigureKind.Years => Invariant(value, "0.00") + " years",
                FigureKind.Milliseconds => Invariant(value, "0.0") + " ms",
                _ => value.ToString("N0", CultureInfo.InvariantCulture),
            };

    /// <summary>A count with separators.</summary>
    /// <param name="count">The count.</param>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A rate as a sentence says it: "about 1 of 10,000".</summary>
    /// <param name="rate">Above 0.</param>
    public static string OneOf(double rate) =>
        rate <= 0 ? "none"
        : rate >= 0.095 ? $"about {Invariant(100 * rate, "0")} of 100"
        : $"about 1 of {Count((long)Rounded(1 / rate))}";

    private static double Rounded(double value)
    {
        double step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(value)) - 1));
        return Math.Round(value / step) * step;
    }

    private static string Invariant(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
