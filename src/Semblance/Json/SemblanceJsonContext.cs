using System.Text.Json.Serialization;

namespace Semblance.Json;

/// <summary>The source-generated contracts of the results of this library; <see cref="SemblanceJson.Configure"/> adds them to
/// options.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ImageAnalysis))]
[JsonSerializable(typeof(VerificationResult))]
[JsonSerializable(typeof(AnalysisError))]
public sealed partial class SemblanceJsonContext : JsonSerializerContext;
