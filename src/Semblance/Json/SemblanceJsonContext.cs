using System.Text.Json.Serialization;
using Semblance.Attributes;

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
[JsonSerializable(typeof(AgeEstimate))]
[JsonSerializable(typeof(GenderEstimate))]
[JsonSerializable(typeof(EmotionEstimate))]
[JsonSerializable(typeof(HeadPose))]
[JsonSerializable(typeof(FaceLandmarks68))]
public sealed partial class SemblanceJsonContext : JsonSerializerContext;
