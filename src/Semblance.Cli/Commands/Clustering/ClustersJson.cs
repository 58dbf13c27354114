using System.Text.Json.Serialization;

namespace Semblance.Cli.Commands.Clustering;

/// <summary>The form of <c>clusters.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
[JsonSerializable(typeof(ClustersDocument))]
internal sealed partial class ClustersJson : JsonSerializerContext;
