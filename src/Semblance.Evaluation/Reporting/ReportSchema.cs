using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Semblance.Evaluation.Reporting;

/// <summary>The JSON schema of reports, made from the types that write them.</summary>
public static class ReportSchema
{
    /// <summary>The schema (draft 2020-12) with a final newline.</summary>
    public static string Text { get; } = Make();

    private static string Make()
    {
        JsonNode schema = EvaluationReportJson.Default.Options.GetJsonSchemaAsNode(
            typeof(EvaluationReport),
            new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }
        );
        JsonObject named = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = EvaluationReport.CurrentSchema,
        };
        foreach ((string key, JsonNode? value) in schema.AsObject().ToArray())
        {
            schema.AsObject().Remove(key);
            named[key] = value;
        }
        return named.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
    }
}
