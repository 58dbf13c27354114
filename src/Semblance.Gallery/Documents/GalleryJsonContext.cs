using System.Text.Json.Serialization;

namespace Semblance.Gallery.Documents;

/// <summary>The source-generated contracts of the documents of galleries; <see cref="GalleryJson.Configure"/> adds them to
/// options.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(PersonDocument))]
[JsonSerializable(typeof(ReferenceDocument))]
[JsonSerializable(typeof(AuditDocument))]
[JsonSerializable(typeof(PersonVerificationDocument))]
public sealed partial class GalleryJsonContext : JsonSerializerContext;
