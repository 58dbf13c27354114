using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>The JSON of gallery commands: camelCase, absent values left out.</summary>
internal static class GalleryJson
{
    private static readonly JsonSerializerOptions Lines = Create(indented: false), Document = Create(indented: true);

    public static string Line<T>(T value) => JsonSerializer.Serialize(value, Lines);

    public static string Indented<T>(T value) => JsonSerializer.Serialize(value, Document);

    private static JsonSerializerOptions Create(bool indented) => new(JsonSerializerDefaults.Web)
    {
        WriteIndented = indented,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Names of people and files stay readable; the output is no HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };
}
