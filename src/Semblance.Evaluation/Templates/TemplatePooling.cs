using System.Text.Json.Serialization;

namespace Semblance.Evaluation.Templates;

/// <summary>What a face weighs among those of its medium and template.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TemplatePooling>))]
public enum TemplatePooling
{
    /// <summary>The norm of its vector, which is small for blurred and hidden faces: what averaging unscaled vectors does.</summary>
    [JsonStringEnumMemberName("norm")]
    Norm,

    /// <summary>As much as any other.</summary>
    [JsonStringEnumMemberName("mean")]
    Mean,

    /// <summary>How usable the face is, 0 to 1, but never nothing.</summary>
    [JsonStringEnumMemberName("quality")]
    Quality,
}
