using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Semblance.Json;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>The JSON of gallery commands: camelCase, absent values left out.</summary>
internal static class GalleryJson
{
    private static readonly JsonSerializerOptions Lines = Create(indented: false),
        Document = Create(indented: true);

    public static string Line<T>(T value) => JsonSerializer.Serialize(value, Lines);

    public static string Indented<T>(T value) => JsonSerializer.Serialize(value, Document);

    /// <summary>Documents by the library's contracts; what only a command prints as it is.</summary>
    private static JsonSerializerOptions Create(bool indented)
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            Encoder = SemblanceJson.Encoder,
            NumberHandling = JsonNumberHandling.Strict,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        Semblance.Gallery.Documents.GalleryJson.Configure(options);
        return options;
    }
}
