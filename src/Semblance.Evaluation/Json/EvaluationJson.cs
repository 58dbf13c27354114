using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Evaluation.Detection;
using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Json;

/// <summary>The JSON form of reports: one object, camelCase; rates are keys such as <c>1e-2</c>, heights such as <c>16</c>.</summary>
public static class EvaluationJson
{
    /// <summary>One line.</summary>
    public static string Serialize(VerificationReport report) => JsonSerializer.Serialize(report, ReportJson.Default.VerificationReport);

    /// <summary>One line.</summary>
    public static string Serialize(DetectionReport report) => JsonSerializer.Serialize(report, ReportJson.Default.DetectionReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VerificationReport))]
[JsonSerializable(typeof(DetectionReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
