using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Semblance.Gallery.Documents;
using Semblance.Json;

namespace Semblance.Server.Hosting;

/// <summary>The JSON of answers: camelCase, absent values left out, enums in kebab-case.</summary>
internal static class ServiceJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The same, with null members written.</summary>
    public static JsonSerializerOptions WithNulls { get; } = new(Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    public static Task WriteAsync<T>(HttpContext http, T value, string contentType = "application/json")
    {
        http.Response.ContentType = contentType;
        return JsonSerializer.SerializeAsync(http.Response.Body, value, Options, http.RequestAborted);
    }

    /// <summary>A result in the common JSON form, open for further members.</summary>
    public static JsonObject Document(ImageAnalysis analysis) => JsonNode.Parse(SemblanceJson.Serialize(analysis))!.AsObject();

    /// <inheritdoc cref="Document(ImageAnalysis)"/>
    /// <param name="result">The result.</param>
    /// <param name="embeddings">Whether the faces' vectors leave the service.</param>
    public static JsonObject Document(VerificationResult result, bool embeddings)
    {
        JsonObject document = JsonNode.Parse(SemblanceJson.Serialize(result))!.AsObject();
        if (!embeddings)
            foreach (string side in (string[])["a", "b"])
                document[side]?["face"]?.AsObject().Remove("embedding");
        return document;
    }

    public static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Options);

    /// <summary>Documents by the library's contracts; what only the service answers as it is.</summary>
    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
        {
            Encoder = SemblanceJson.Encoder,
            NumberHandling = JsonNumberHandling.Strict,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        GalleryJson.Configure(options);
        return options;
    }
}
