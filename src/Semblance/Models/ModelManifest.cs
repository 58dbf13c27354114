using System.Text.Json;
using System.Text.Json.Serialization;

namespace Semblance.Models;

/// <summary>What is known about a model: <c>model.json</c> beside its files. Code reads it; nothing about a model is hard-coded.</summary>
public sealed record ModelManifest
{
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
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, ModelJson.Default.ModelManifest)
                ?? throw new ModelException(path, "the manifest is empty");
        }
        catch (JsonException e)
        {
            throw new ModelException(path, $"the manifest cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes the manifest as indented JSON, to a temporary file that is then moved.</summary>
    public void Write(string path)
    {
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, ToJson());
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The manifest as one line of JSON.</summary>
    public string ToJsonLine() =>
        JsonSerializer.Serialize(
            this,
            new ModelJson(new JsonSerializerOptions(ModelJson.Default.Options) { WriteIndented = false }).ModelManifest
        );

    /// <summary>The manifest as indented JSON with a final newline.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ModelJson.Default.ModelManifest) + "\n";
}

/// <summary>One network of a model.</summary>
/// <param name="File">File name beside the manifest.</param>
/// <param name="Sha256">Lower case hexadecimal SHA-256 of the file.</param>
public sealed record ModelFile(string File, string Sha256);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true
)]
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(Pulling.PullableCatalog))]
internal sealed partial class ModelJson : JsonSerializerContext;
