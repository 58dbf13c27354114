using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Files;
using Semblance.Writing;

namespace Semblance.Models;

/// <summary>What is known about a model: <c>model.json</c> beside its files. Code reads it; nothing about a model is hard-coded.</summary>
public sealed record ModelManifest
{
    private const int LargestManifest = 4 << 20;

    /// <summary>Pixels of a side of a network's input; no network of the field takes a tenth of that picture.</summary>
    private const int LargestSide = 8192;

    /// <summary>2 where the scores of an embedder are calibrated by cohort and quality; null for the form without.</summary>
    public int? Schema { get; init; }

    /// <summary>Catalogue id: lower case letters, digits, dots and dashes.</summary>
    public required string Id { get; init; }

    /// <summary>What the model does; one model may do several things.</summary>
    public required IReadOnlyList<ModelKind> Kinds { get; init; }

    /// <summary>Counts up when the files change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The networks by role, e.g. <c>model</c>, or <c>pnet</c>, <c>rnet</c>, <c>onet</c>.</summary>
    public required IReadOnlyDictionary<string, ModelFile> Files { get; init; }

    /// <summary>SPDX id or a short statement.</summary>
    public required string License { get; init; }

    /// <summary>Whether the licence of the weights permits commercial use; null when nobody says.</summary>
    public bool? CommercialUse { get; init; }

    /// <summary>Where the weights come from.</summary>
    public required string Origin { get; init; }

    /// <summary>What they were trained on, or that it is not stated.</summary>
    public required string TrainingData { get; init; }

    /// <summary>How pixels become the input tensor.</summary>
    public required ModelInput Input { get; init; }

    /// <summary>What the tensors that come out mean.</summary>
    public required ModelOutput Output { get; init; }

    /// <summary>Embedders: which vectors may be compared.</summary>
    public string? Contract { get; init; }

    /// <summary>Embedders: measured thresholds and probability.</summary>
    public ModelCalibration? Calibration { get; init; }

    /// <summary>Embedders: the strangers whose similarity is taken away from a pair's; null where scores are plain similarities.</summary>
    public ModelCohort? Cohort { get; init; }

    /// <summary>Attribute networks: when an answer is given.</summary>
    public AttributeSettings? Attributes { get; init; }

    /// <summary>Figures that the origin publishes, by name; not measured here.</summary>
    public IReadOnlyDictionary<string, double>? Published { get; init; }

    /// <summary>Measured figures by name.</summary>
    public IReadOnlyDictionary<string, double>? Measured { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="ModelException">Not valid JSON, or a required value is missing.</exception>
    public static ModelManifest Read(string path)
    {
        try
        {
            string text = RegularFile.ReadAllText(path, LargestManifest);
            ModelManifest manifest = JsonSerializer.Deserialize(text, ModelJson.Default.ModelManifest)
                ?? throw new ModelException(path, "the manifest is empty");
            return (FindNull(text) ?? manifest.FindProblem()) is { } problem
                ? throw new ModelException(path, $"the manifest is wrong: {problem}")
                : manifest;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException(path, $"the manifest cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes the manifest as indented JSON; the file is there whole or not at all.</summary>
    /// <exception cref="FileWriteException">It cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteAllText(path, ToJson());

    /// <summary>The manifest as one line of JSON.</summary>
    public string ToJsonLine() =>
        JsonSerializer.Serialize(
            this,
            new ModelJson(new JsonSerializerOptions(ModelJson.Default.Options) { WriteIndented = false }).ModelManifest
        );

    /// <summary>The manifest as indented JSON with a final newline.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ModelJson.Default.ModelManifest) + "\n";

    /// <summary>Lists have no gaps; the serializer would let them through where elements are objects.</summary>
    private static string? FindNull(string text)
    {
        using JsonDocument document = JsonDocument.Parse(
            text,
            new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
        );
        return Find(document.RootElement, "") is { } list ? $"'{PlainText.Escape(list)}' has an element that is null" : null;

        static string? Find(JsonElement element, string name) =>
            element.ValueKind switch
            {
                JsonValueKind.Array when element.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Null) => name,
                JsonValueKind.Array => element.EnumerateArray().Select(item => Find(item, name)).FirstOrDefault(found => found is not null),
                JsonValueKind.Object => element
                    .EnumerateObject()
                    .Select(member => Find(member.Value, member.Name))
                    .FirstOrDefault(found => found is not null),
                _ => null,
            };
    }

    /// <summary>What a manifest must not say: files outside its folder, texts that steer a screen, and what is nothing.</summary>
    private string? FindProblem()
    {
        if (string.IsNullOrWhiteSpace(Id))
            return "it has no id";
        if (Contract is { } contract && string.IsNullOrWhiteSpace(contract))
            return "its contract is empty";
        if (Output.Outputs.FirstOrDefault(output => output.Value is null) is { Key: { } empty })
            return $"the output '{PlainText.Escape(empty)}' is null";
        if (Input.Width is < 0 or > LargestSide || Input.Height is < 0 or > LargestSide)
            return $"its input has {Input.Width} x {Input.Height} pixels, 0 (any) to {LargestSide} a side are possible";
        if (!(Input.TemplatePoints ?? []).SelectMany(point => point).Concat(Input.Mean).Concat(Input.Scale).All(float.IsFinite))
            return "its input has numbers that are not finite";
        if (Output.Decoder?.FindProblem() is { } decoder)
            return decoder;
        foreach ((string role, ModelFile file) in Files)
        {
            if (file?.File is not { Length: > 0 } name || name != Path.GetFileName(name) || name is "." or ".." || name.Contains('\\'))
                return $"the file of '{PlainText.Escape(role)}' is none beside it";
            if (file.Sha256 is null)
                return $"the file of '{PlainText.Escape(role)}' has no hash";
        }
        return PlainText.FindForbidden(Id) is { } character ? $"its id has {character}" : null;
    }
}

/// <summary>One network of a model.</summary>
/// <param name="File">File name beside the manifest.</param>
/// <param name="Sha256">Lower case hexadecimal SHA-256 of the file.</param>
public sealed record ModelFile(string File, string Sha256);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true
)]
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(PullableCatalog))]
internal sealed partial class ModelJson : JsonSerializerContext;
