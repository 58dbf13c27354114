using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Json;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>The JSON of gallery commands: camelCase, absent values left out.</summary>
internal static class GalleryJson
{
    private static readonly JsonSerializerOptions Lines = Create(indented: false),
        Document = Create(indented: true);

    public static string Line<T>(T value) => JsonSerializer.Serialize(value, Lines);

    public static string Indented<T>(T value) => JsonSerializer.Serialize(value, Document);

    private static JsonSerializerOptions Create(bool indented) =>
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = SemblanceJson.Encoder,
            NumberHandling = JsonNumberHandling.Strict,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        };
}
