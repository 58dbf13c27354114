using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Files;

namespace Semblance.Evaluation.Reporting;

/// <summary>The JSON form of a report; its schema stands beside it as <c>report.schema.json</c>.</summary>
public static class ReportJson
{
    /// <summary>Writes.</summary>
    /// <param name="report">The report.</param>
    public static string Write(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(report, EvaluationReportJson.Default.EvaluationReport) + "\n";
    }

    /// <summary>Writes one measurement.</summary>
    /// <param name="section">The measurement.</param>
    public static string Write(ReportSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return JsonSerializer.Serialize(section, EvaluationReportJson.Default.ReportSection) + "\n";
    }

    /// <summary>Reads a report file, or the one in a report's folder.</summary>
    /// <param name="path"><c>report.json</c> or its folder.</param>
    /// <exception cref="EvaluationException">It is not there, damaged, or of another form.</exception>
    public static EvaluationReport Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string file = Directory.Exists(path) ? Path.Combine(path, ReportFolder.JsonName) : path;
        try
        {
            EvaluationReport report = JsonSerializer.Deserialize(
                RegularFile.ReadAllText(file, LargestFiles.Text),
                EvaluationReportJson.Default.EvaluationReport
            ) ?? throw new EvaluationException($"{file}: holds no report");
            return report.Schema == EvaluationReport.CurrentSchema
                ? report
                : throw new EvaluationException(
                    $"{file}: is of the form '{report.Schema}', this program reads '{EvaluationReport.CurrentSchema}'"
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EvaluationException($"{file}: cannot be read as a report: {e.Message}", e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(EvaluationReport))]
internal sealed partial class EvaluationReportJson : JsonSerializerContext;
