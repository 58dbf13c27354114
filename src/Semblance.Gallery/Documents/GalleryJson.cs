using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Gallery.Audit;
using Semblance.Writing;

namespace Semblance.Gallery.Documents;

/// <summary>The JSON form of what galleries hold, the same on the command line and in the service: camelCase, absent values left out,
/// actions in kebab-case.</summary>
public static class GalleryJson
{
    /// <summary>Adds to options what documents of galleries need to look as they do everywhere: their source-generated contracts,
    /// camelCase, and no absent values. For a program's own options.</summary>
    /// <param name="options">Not yet in use.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new KebabCaseEnumConverter<AuditAction>());
        options.TypeInfoResolverChain.Insert(0, GalleryJsonContext.Default);
    }
}
