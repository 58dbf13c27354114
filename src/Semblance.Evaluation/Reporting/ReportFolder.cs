using System.Text;

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

    /// <summary>Writes; files of an earlier report are replaced.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">Where to; made when it is not there.</param>
    /// <exception cref="EvaluationException">It cannot be written.</exception>
    public static void Write(EvaluationReport report, string folder)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            Directory.CreateDirectory(folder);
            Replace(Path.Combine(folder, JsonName), ReportJson.Write(report));
            Replace(Path.Combine(folder, SchemaName), ReportSchema.Text);
            Replace(Path.Combine(folder, PageName), ReportPage.Html(report));
            Replace(Path.Combine(folder, TextName), ReportMarkdown.Text(report, "plots"));
            string plots = Path.Combine(folder, "plots");
            if (Directory.Exists(plots))
                foreach (string old in Directory.EnumerateFiles(plots, "*.svg"))
                    File.Delete(old);
            Directory.CreateDirectory(plots);
            foreach (ReportSection section in report.Sections)
            foreach (ReportChart chart in section.Charts)
                Replace(Path.Combine(plots, $"{section.Id}-{chart.Id}.svg"), SvgChart.StandAlone(chart));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{folder}: the report cannot be written: {e.Message}", e);
        }
    }

    private static void Replace(string path, string text)
    {
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(temporary, path, overwrite: true);
    }
}
