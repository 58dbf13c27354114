namespace Semblance.Evaluation.Reporting;

/// <summary>One measurement.</summary>
public sealed record ReportSection
{
    /// <summary>Short name; figures are called by it.</summary>
    public required string Id { get; init; }

    /// <summary>What was measured.</summary>
    public required string Title { get; init; }

    /// <summary>What came out, in words.</summary>
    public required string Finding { get; init; }

    /// <summary>How it was measured.</summary>
    public required string Protocol { get; init; }

    /// <summary><see cref="ReportData.Id"/> of the set.</summary>
    public required string Data { get; init; }

    /// <summary>Names of the law's and the standards' sections that ask for it.</summary>
    public IReadOnlyList<string> AskedFor { get; init; } = [];

    /// <summary>The figures.</summary>
    public IReadOnlyList<ReportFigure> Figures { get; init; } = [];

    /// <summary>Curves and groups as drawings.</summary>
    public IReadOnlyList<ReportChart> Charts { get; init; } = [];

    /// <summary>Tables.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>What to mind when reading.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// Whether each decision was right, as a string of 1 and 0 in the order of the labels; null where decisions are not paired. Two reports
    /// with one <see cref="DecisionsOn"/> can be compared decision by decision.
    /// </summary>
    public string? Decisions { get; init; }

    /// <summary>A fingerprint of what was decided on.</summary>
    public string? DecisionsOn { get; init; }

    /// <summary>The worst errors, side by side; never written to JSON, and empty in a report without pictures.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<ReportPictures> Pictures { get; init; } = [];
}
