namespace Semblance.Evaluation.Reporting;

/// <summary>A drawing.</summary>
public sealed record ReportChart
{
    /// <summary>Short name; also that of its SVG file, after the section's.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>How to read it, in a sentence; also its text for people who do not see it.</summary>
    public required string Caption { get; init; }

    /// <summary>What lies along the horizontal axis.</summary>
    public required string X { get; init; }

    /// <summary>What lies along the vertical axis; empty for groups.</summary>
    public string Y { get; init; } = "";

    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether the vertical axis is logarithmic.</summary>
    public bool LogY { get; init; }

    /// <summary>Whether the numbers are shares, shown in percent.</summary>
    public bool InPercent { get; init; }

    /// <summary>Whether the diagonal is drawn: where calibrated answers lie.</summary>
    public bool HasDiagonal { get; init; }

    /// <summary>Lines; empty for groups.</summary>
    public IReadOnlyList<ReportSeries> Series { get; init; } = [];

    /// <summary>Points with a name, such as the threshold in use.</summary>
    public IReadOnlyList<ReportMark> Marks { get; init; } = [];

    /// <summary>Groups with their interval, one below the other; empty for curves.</summary>
    public IReadOnlyList<ReportWhisker> Groups { get; init; } = [];

    /// <summary>A value to compare groups with, such as the rate asked for; null for none.</summary>
    public ReportMark? Reference { get; init; }
}

/// <summary>A line of a drawing.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Points">Pairs of x and y.</param>
/// <param name="HasDots">Whether each point is marked.</param>
public sealed record ReportSeries(string Name, IReadOnlyList<double[]> Points, bool HasDots = false);

/// <summary>A point with a name.</summary>
/// <param name="Label">Its name.</param>
/// <param name="X">Along the horizontal axis.</param>
/// <param name="Y">Along the vertical axis.</param>
public sealed record ReportMark(string Label, double X, double Y = 0);

/// <summary>A group's value with its interval.</summary>
/// <param name="Name">The group.</param>
/// <param name="Value">The value; null where there is none.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="IsBound">Whether only <paramref name="High"/> is known.</param>
/// <param name="IsFaint">Whether it is too small to judge.</param>
public sealed record ReportWhisker(string Name, double? Value, double Low, double High, bool IsBound = false, bool IsFaint = false);
