namespace Semblance.Evaluation.Reporting;

/// <summary>A whole evaluation, for people and for programs: <c>report.json</c>, from which <c>index.html</c> is drawn.</summary>
public sealed record EvaluationReport
{
    /// <summary>The form that this version writes.</summary>
    public const string CurrentSchema = "semblance-evaluation/1";

    /// <summary>Name and version of the form.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>What was evaluated.</summary>
    public required string Title { get; init; }

    /// <summary>What an auditor reads first, in a few sentences.</summary>
    public required IReadOnlyList<string> Summary { get; init; }

    /// <summary>When, with what and by which command.</summary>
    public required ReportOrigin Origin { get; init; }

    /// <summary>Models that took part.</summary>
    public required IReadOnlyList<ReportModel> Models { get; init; }

    /// <summary>What was measured on.</summary>
    public required IReadOnlyList<ReportData> Data { get; init; }

    /// <summary>What was measured.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>What the figures do not say, and uses that are excluded.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>All figures by <c>section.figure</c>.</summary>
    public IReadOnlyDictionary<string, ReportFigure> Figures() =>
        Sections.SelectMany(section => section.Figures.Select(figure => ($"{section.Id}.{figure.Id}", figure))).ToDictionary();
}
