namespace Semblance.Evaluation.Reporting;

/// <summary>A table: words first, then numbers.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">Heads of the columns.</param>
/// <param name="Rows">Cells, row by row.</param>
public sealed record ReportTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows)
{
    /// <summary>How to read it; empty for nothing.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Whether all but the first column are one kind of number, shaded by size.</summary>
    public bool IsMatrix { get; init; }
}

/// <summary>A cell of a table.</summary>
/// <param name="Text">What stands in it.</param>
/// <param name="Value">The number behind it; null for words.</param>
/// <param name="Shade">How dark it is in a matrix, 0 to 1.</param>
/// <param name="Mark">Whether it is the one to look at, e.g. the worst.</param>
public sealed record ReportCell(string Text, double? Value = null, double Shade = 0, bool Mark = false)
{
    /// <summary>A cell of words.</summary>
    /// <param name="text">The words.</param>
    public static implicit operator ReportCell(string text) => FromString(text);

    /// <summary>A cell of words.</summary>
    /// <param name="text">The words.</param>
    public static ReportCell FromString(string text) => new(text);
}
