using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Semblance.Json;

/// <summary>
/// The JSON form of results, the same on the command line and in the service: camelCase, absent values left out, coordinates in pixels with
/// two decimals.
/// </summary>
public static class SemblanceJson
{
    /// <summary>Leaves names of files and people readable in any script; for JSON that is not put into HTML.</summary>
    public static JavaScriptEncoder Encoder { get; } = new ReadableEncoder();

    /// <summary>How results are written and read: one line.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    /// <summary>How results are written for people to read.</summary>
    public static JsonSerializerOptions IndentedOptions { get; } = Create(indented: true);

    /// <summary>
    /// Adds to options what the documents of this library need to look as they do everywhere: their source-generated contracts, camelCase,
    /// and no absent values. For a web program's own options; whoever adds contexts of other libraries puts them behind.
    /// </summary>
    /// <param name="options">Not yet in use.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.TypeInfoResolverChain.Insert(0, SemblanceJsonContext.Default);
    }

    /// <summary>One line.</summary>
    public static string Serialize(ImageAnalysis analysis) => Serialize(analysis, Options);

    /// <summary>One line.</summary>
    public static string Serialize(VerificationResult result) => Serialize(result, Options);

    /// <summary>A document for people to read.</summary>
    public static string SerializeIndented(ImageAnalysis analysis) => Serialize(analysis, IndentedOptions);

    /// <summary>A document for people to read.</summary>
    public static string SerializeIndented(VerificationResult result) => Serialize(result, IndentedOptions);

    private static string Serialize<T>(T document, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(document, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));

    private static JsonSerializerOptions Create(bool indented)
    {
        JsonSerializerOptions options = new() { WriteIndented = indented, Encoder = Encoder };
        Configure(options);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Reads what <see cref="Serialize(ImageAnalysis)"/> wrote.</summary>
    /// <exception cref="JsonException">It is no analysis.</exception>
    public static ImageAnalysis DeserializeAnalysis(string json) =>
        JsonSerializer.Deserialize(json, (JsonTypeInfo<ImageAnalysis>)Options.GetTypeInfo(typeof(ImageAnalysis)))
        ?? throw new JsonException("an analysis is an object");
}
