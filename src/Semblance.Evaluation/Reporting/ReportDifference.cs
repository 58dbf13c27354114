namespace Semblance.Evaluation.Reporting;

/// <summary>A figure in two reports.</summary>
/// <param name="Name">Section and figure.</param>
/// <param name="Label">What it is.</param>
/// <param name="Before">In the first report.</param>
/// <param name="After">In the second report.</param>
/// <param name="Verdict">Whether the difference is larger than chance.</param>
/// <param name="Why">On what grounds, in words.</param>
public sealed record ReportDifference(
    string Name,
    string Label,
    ReportFigure Before,
    ReportFigure After,
    DifferenceVerdict Verdict,
    string Why
);

/// <summary>Whether a difference is larger than chance.</summary>
public enum DifferenceVerdict
{
    /// <summary>No difference at all.</summary>
    Same,

    /// <summary>A difference that chance alone may give.</summary>
    WithinChance,

    /// <summary>A difference that chance alone gives in fewer than one case in twenty.</summary>
    BeyondChance,

    /// <summary>There is no interval to tell.</summary>
    Unknown,
}
