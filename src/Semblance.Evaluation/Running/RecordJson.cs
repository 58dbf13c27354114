using System.Text.Json.Serialization;

namespace Semblance.Evaluation.Running;

/// <summary>How records are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault
)]
[JsonSerializable(typeof(FaceRecord))]
[JsonSerializable(typeof(AttributeRecord))]
[JsonSerializable(typeof(DetectionRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
