using Semblance.Files;

namespace Semblance.Evaluation.Reporting;

/// <summary>Writes a report as a folder: a page that stands alone, the same as text, JSON with its schema, and the drawings.</summary>
public static class ReportFolder
{
    /// <summary>Name of the JSON file.</summary>
    public const string JsonName = "report.json";

    /// <summary>Name of the page.</summary>
    public const string PageName = "index.html";

    /// <summary>Name of the text.</summary>
    public const string TextName = "report.md";

    /// <summary>Name of the schema.</summary>
    public const string SchemaName = "report.schema.json";

    /// <summary>Folder of the drawings.</summary>
    public const string PlotsName = "plots";

    /// <summary>Writes; files of an earlier report are replaced, and nothing else is.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">Where to; made when it is not there.</param>
    /// <exception cref="EvaluationException">It cannot be written, or files that are no report stand where it would go; nothing was
    /// touched.</exception>
    public static void Write(EvaluationReport report, string folder)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            HashSet<string> earlier = [.. Earlier(folder)],
                written = [.. FilesOf(report)];
            foreach (string name in written.Except(earlier))
                if (Path.Exists(Path.Combine(folder, name)))
                    throw new EvaluationException(
                        $"{Path.Combine(folder, name)} is in the way and is of no earlier report; nothing was touched. Move "
                            + $"it, or name another folder"
                    );
            foreach (string name in earlier.Except(written))
                File.Delete(Path.Combine(folder, name));
            foreach (ReportSection section in report.Sections)
            foreach (ReportChart chart in section.Charts)
                AtomicFile.WriteAllText(Path.Combine(folder, PlotOf(section, chart)), SvgChart.StandAlone(chart));
            AtomicFile.WriteAllText(Path.Combine(folder, SchemaName), ReportSchema.Text);
            AtomicFile.WriteAllText(Path.Combine(folder, PageName), ReportPage.Html(report));
            AtomicFile.WriteAllText(Path.Combine(folder, TextName), ReportMarkdown.Text(report, PlotsName));
            AtomicFile.WriteAllText(Path.Combine(folder, JsonName), ReportJson.Write(report));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FileWriteException)
        {
            throw new EvaluationException($"{folder}: the report cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Files of the report that stands in a folder; none where there is no report.</summary>
    private static IEnumerable<string> Earlier(string folder)
    {
        if (!File.Exists(Path.Combine(folder, JsonName)))
            return [];
        try
        {
            return FilesOf(ReportJson.Read(folder))
                .Where(name => name.IndexOfAny(['/', '\\'], PlotsName.Length + 1) < 0 || name == JsonName);
        }
        catch (EvaluationException)
        {
            return [];
        }
    }

    private static IEnumerable<string> FilesOf(EvaluationReport report) =>
        report
            .Sections.SelectMany(section => section.Charts.Select(chart => PlotOf(section, chart)))
            .Concat([JsonName, PageName, TextName, SchemaName]);

    private static string PlotOf(ReportSection section, ReportChart chart) => $"{PlotsName}/{section.Id}-{chart.Id}.svg";
}
