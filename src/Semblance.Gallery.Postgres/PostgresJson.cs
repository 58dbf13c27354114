using System.Text.Json.Serialization;

namespace Semblance.Gallery.Postgres;

/// <summary>What is kept as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(GallerySettings))]
internal sealed partial class PostgresJson : JsonSerializerContext;
