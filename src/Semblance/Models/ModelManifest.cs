using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Files;
using Semblance.Writing;

namespace Semblance.Models;

/// <summary>What is known about a model: <c>model.json</c> beside its files. Code reads it; nothing about a model is hard-coded.</summary>
public sealed record ModelManifest
{
    private const int LargestManifest = 4 << 20;

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
            ModelManifest manifest = JsonSerializer.Deserialize(
                RegularFile.ReadAllText(path, LargestManifest),
                ModelJson.Default.ModelManifest
            ) ?? throw new ModelException(path, "the manifest is empty");
            return manifest.FindProblem() is { } problem ? throw new ModelException(path, $"the manifest is wrong: {problem}") : manifest;
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

    /// <summary>What a manifest must not say: files outside its folder, and texts that steer a screen.</summary>
    private string? FindProblem()
    {
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
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true
)]
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(PullableCatalog))]
internal sealed partial class ModelJson : JsonSerializerContext;
