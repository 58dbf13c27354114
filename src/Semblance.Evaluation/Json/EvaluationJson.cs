using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Json;

namespace Semblance.Evaluation.Json;

/// <summary>
/// The JSON form of reports, the same in every program: camelCase, absent values left out; rates are keys such as <c>1e-2</c>, heights such
/// as <c>16</c>; a figure of nothing is <c>"NaN"</c>.
/// </summary>
public static class EvaluationJson
{
    /// <summary>How reports are written and read: one line.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    /// <summary>How reports are written for people to read.</summary>
    public static JsonSerializerOptions IndentedOptions { get; } = Create(indented: true);

    /// <summary>Adds to options what reports need to look as they do everywhere. For a web program's own options.</summary>
    /// <param name="options">Not yet in use.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.TypeInfoResolverChain.Insert(0, EvaluationJsonContext.Default);
    }

    /// <summary>One line.</summary>
    /// <param name="report">A report that <see cref="EvaluationJsonContext"/> knows.</param>
    /// <exception cref="NotSupportedException">It is none.</exception>
    public static string Serialize<T>(T report)
        where T : notnull => Serialize(report, Options);

    /// <summary>A document for people to read.</summary>
    /// <param name="report">A report that <see cref="EvaluationJsonContext"/> knows.</param>
    /// <exception cref="NotSupportedException">It is none.</exception>
    public static string SerializeIndented<T>(T report)
        where T : notnull => Serialize(report, IndentedOptions);

    /// <summary>What is only held as an object is written as what it is.</summary>
    private static string Serialize<T>(T report, JsonSerializerOptions options)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(report, options.GetTypeInfo(typeof(T) == typeof(object) ? report.GetType() : typeof(T)));
    }

    private static JsonSerializerOptions Create(bool indented)
    {
        JsonSerializerOptions options = new() { WriteIndented = indented, Encoder = SemblanceJson.Encoder };
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}
