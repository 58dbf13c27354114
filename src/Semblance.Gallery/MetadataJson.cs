using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Json;

namespace Semblance.Gallery;

/// <summary>A person's metadata as text.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class MetadataJson : JsonSerializerContext
{
    /// <summary>One line, readable in any script.</summary>
    public static string Serialize(IReadOnlyDictionary<string, string> metadata) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(metadata), Readable.DictionaryStringString);

    private static MetadataJson Readable { get; } = new(new JsonSerializerOptions { Encoder = SemblanceJson.Encoder });
}
