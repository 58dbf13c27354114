namespace Semblance.Training.Plots;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">In the order of x.</param>
/// <param name="Kind">How it is drawn.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<(double X, double Y)> Points, ChartLine Kind = ChartLine.Main);

/// <summary>How a line is drawn.</summary>
internal enum ChartLine
{
    /// <summary>Strong, with a dot at its end and a place in the legend.</summary>
    Main,

    /// <summary>Pale and thin, without a place in the legend: the noise behind a smoothed line.</summary>
    Background,
}
