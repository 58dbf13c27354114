namespace Semblance.Evaluation.Reporting;

/// <summary>A measured number.</summary>
/// <param name="Id">Name within its section.</param>
/// <param name="Label">What it is, in words.</param>
/// <param name="Value">The number; where nothing happened the upper bound of the rate.</param>
/// <param name="Kind">How it is read.</param>
public sealed record ReportFigure(string Id, string Label, double Value, FigureKind Kind)
{
    /// <summary>Lower end of the 95 % interval; null where there is none.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the 95 % interval; null where there is none.</summary>
    public double? High { get; init; }

    /// <summary>What the interval comes from: <c>people</c> resampled, or <c>wilson</c> for independent pictures.</summary>
    public string? Interval { get; init; }

    /// <summary>Comparisons or pictures behind it.</summary>
    public long? Count { get; init; }

    /// <summary>Whether nothing happened, so that the value is a bound.</summary>
    public bool IsBound { get; init; }

    /// <summary>Whether it is among those that are shown first.</summary>
    public bool IsHeadline { get; init; }

    /// <summary>Whether drawings or tables of its section show it, so that it needs no place of its own.</summary>
    public bool IsDetail { get; init; }

    /// <summary>A rate with its interval.</summary>
    /// <param name="id">Name within its section.</param>
    /// <param name="label">What it is.</param>
    /// <param name="rate">The rate.</param>
    /// <param name="interval">What its interval comes from.</param>
    public static ReportFigure Of(string id, string label, Statistics.RateEstimate rate, string interval)
    {
        ArgumentNullException.ThrowIfNull(rate);
        return new(id, label, rate.RateOrBound, FigureKind.Rate)
        {
            Low = rate.IsBound ? null : rate.Low,
            High = rate.IsBound ? null : rate.High,
            Interval = rate.IsBound ? "rule of three" : interval,
            Count = rate.Trials,
            IsBound = rate.IsBound,
        };
    }
}
