using System.Text.Json.Serialization;
using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Clustering;
using Semblance.Evaluation.Detection;
using Semblance.Evaluation.Detectors;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Speed;
using Semblance.Evaluation.Templates;
using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Json;

/// <summary>The source-generated contracts of the reports of this library; <see cref="EvaluationJson.Configure"/> adds them to
/// options.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(VerificationReport))]
[JsonSerializable(typeof(DetectionReport))]
[JsonSerializable(typeof(Dictionary<string, double>))]
[JsonSerializable(typeof(DetectorComparisonReport))]
[JsonSerializable(typeof(AgeReport))]
[JsonSerializable(typeof(GenderReport))]
[JsonSerializable(typeof(EmotionReport))]
[JsonSerializable(typeof(IReadOnlyList<AttributeConditionReport>))]
[JsonSerializable(typeof(ClusteringReport))]
[JsonSerializable(typeof(TemplateReport))]
[JsonSerializable(typeof(HalvesReport))]
[JsonSerializable(typeof(PipelineReport))]
[JsonSerializable(typeof(MemoryReport))]
public sealed partial class EvaluationJsonContext : JsonSerializerContext;
