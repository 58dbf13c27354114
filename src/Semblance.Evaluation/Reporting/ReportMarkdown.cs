using System.Globalization;
using System.Text;

namespace Semblance.Evaluation.Reporting;

/// <summary>A report as Markdown, for places that show text and drawings but no pages.</summary>
public static class ReportMarkdown
{
    /// <summary>The text.</summary>
    /// <param name="report">The report.</param>
    /// <param name="plots">Folder of the drawings, relative to where the text will lie.</param>
    public static string Text(EvaluationReport report, string plots)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {report.Title}\n\n");
        foreach (string sentence in report.Summary)
            text.Append(CultureInfo.InvariantCulture, $"- {sentence}\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nMade by `{report.Origin.Command}`, Semblance {report.Origin.Version}, {report.Origin.Created.UtcDateTime:yyyy-MM-dd}; "
                + $"people resampled {ReportText.Count(report.Origin.Draws)} times with seed {report.Origin.Seed}.\n"
        );
        Data(text, report);
        foreach (ReportSection section in report.Sections)
            Section(text, section, plots);
        text.Append("\n## Limits\n\n");
        foreach (string limit in report.Limits)
            text.Append(CultureInfo.InvariantCulture, $"- {limit}\n");
        return text.ToString();
    }

    private static void Data(StringBuilder text, EvaluationReport report)
    {
        text.Append(
            "\n## What was measured on\n\n| set | pictures | people | without a face | unreadable | what it is |\n| "
                + "--- | ---: | ---: | ---: | ---: | --- |\n"
        );
        foreach (ReportData data in report.Data)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {data.Id} | {ReportText.Count(data.Pictures)} | {(data.People is { } people ? ReportText.Count(people) : "–")} | "
                    + $"{ReportText.Count(data.WithoutFace)} | {ReportText.Count(data.Unreadable)} | {Cell(data.Description)} |\n"
            );
    }

    private static void Section(StringBuilder text, ReportSection section, string plots)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {section.Title}\n\n**{section.Finding}**\n\n{section.Protocol}\n");
        ReportFigure[] figures = [.. section.Figures.Where(figure => !figure.IsDetail)];
        if (figures.Length > 0)
        {
            text.Append("\n| figure | value | 95 % interval | of |\n| --- | ---: | ---: | ---: |\n");
            foreach (ReportFigure figure in figures)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {Cell(figure.Label)} | {ReportText.Value(figure)} | {ReportText.Interval(figure)} | "
                        + $"{(figure.Count is { } count ? ReportText.Count(count) : "")} |\n"
                );
        }
        foreach (ReportTable table in section.Tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {table.Title}\n\n| {string.Join(" | ", table.Columns.Select(Cell))} |\n");
            text.Append(CultureInfo.InvariantCulture, $"|{string.Concat(table.Columns.Select((_, i) => i == 0 ? " --- |" : " ---: |"))}\n");
            foreach (IReadOnlyList<ReportCell> row in table.Rows)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {string.Join(" | ", row.Select(cell => cell.Mark ? $"**{Cell(cell.Text)}**" : Cell(cell.Text)))} |\n"
                );
            if (table.Caption.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"\n{table.Caption}\n");
        }
        foreach (ReportChart chart in section.Charts)
            text.Append(CultureInfo.InvariantCulture, $"\n![{chart.Title}]({plots}/{section.Id}-{chart.Id}.svg)\n");
        if (section.Notes.Count > 0)
            text.Append('\n');
        foreach (string note in section.Notes)
            text.Append(CultureInfo.InvariantCulture, $"- {note}\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|").ReplaceLineEndings(" ");
}
