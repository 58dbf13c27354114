using System.Globalization;
using System.Text.Json;
using Semblance.Conversion;
using Semblance.Conversion.Architectures;
using Semblance.Models;
using Semblance.Models.Importing;

namespace Semblance.Cli.Importing;

/// <summary>From what the converter recognised in a checkpoint to the manifest of a model.</summary>
internal static class CheckpointManifest
{
    /// <summary>The manifest of an imported model; without files.</summary>
    /// <param name="imported">What was recognised.</param>
    /// <param name="options">What the user says about it.</param>
    public static ModelManifest Of(ImportedModel imported, ImportOptions options)
    {
        string id = options.Id ?? imported.Model;
        ModelKind kind = imported.Kind == NetworkKind.Detector ? ModelKind.Detector : ModelKind.Embedder;
        if (options.Kind is { } asked && asked != kind)
            throw new ModelException(
                id,
                $"is no {asked.ToString().ToLowerInvariant()} but the {kind.ToString().ToLowerInvariant()} {imported.Model}"
            );
        ModelInput input = InputOf(imported.Input, options);
        string files = string.Join(", ", imported.Networks.Select(network => Path.GetFileName(network.Checkpoint)));
        return new()
        {
            Id = id,
            Kinds = [kind],
            Files = new Dictionary<string, ModelFile>(),
            License = options.License ?? OnnxImport.UnknownLicense,
            CommercialUse = LicenseTerms.PermitCommercialUse(options.License ?? OnnxImport.UnknownLicense),
            Origin = $"imported from {files} as {string.Join(", ", imported.Networks.Select(network => network.Architecture.Id))}",
            TrainingData = OnnxImport.UnknownLicense,
            Input = input,
            Output = OutputOf(imported),
            Contract = kind == ModelKind.Embedder ? OnnxImport.ContractOf(id, input, imported.Networks[0].Checkpoint) : null,
        };
    }

    private static ModelInput InputOf(NetworkInput input, ImportOptions options) =>
        new()
        {
            Width = input.Width,
            Height = input.Height,
            Channels = options.Channels?.ToUpperInvariant() ?? (input.Channels == ChannelOrder.Rgb ? "RGB" : "BGR"),
            Mean = Three(options.Mean) ?? input.Mean,
            Scale = Three(options.Scale) ?? input.Scale,
            PadValue = input.PadValue,
            Template = input.Template,
        };

    private static IReadOnlyList<float>? Three(IReadOnlyList<float>? values) => values is [var one] ? [one, one, one] : values;

    private static ModelOutput OutputOf(ImportedModel imported)
    {
        bool several = imported.Networks.Count > 1;
        Dictionary<string, ModelTensor> outputs = [];
        foreach (ImportedNetwork network in imported.Networks)
        {
            foreach (NetworkOutput output in network.Architecture.Outputs)
            {
                // The networks of a cascade give outputs of the same names; one entry stands for all.
                outputs[output.Name] = several ? new(output.Role) : new(output.Role, [.. output.Shape.Select(Axis)]);
            }
        }
        bool unit = imported.Networks.SelectMany(network => network.Architecture.Outputs).Any(output => output.IsUnit);
        return new()
        {
            Outputs = outputs,
            Normalized = imported.Kind == NetworkKind.Embedder ? unit : null,
            Decoder = DecoderOf(imported),
        };
    }

    private static DetectorDecoder? DecoderOf(ImportedModel imported) =>
        imported.Model switch
        {
            _ when imported.Kind != NetworkKind.Detector => null,
            "mtcnn" => OfficialDecoders.Mtcnn,
            _ when imported.Model.StartsWith("retinaface", StringComparison.Ordinal) => OfficialDecoders.RetinaFace(),
            _ when imported.Model.StartsWith("blazeface", StringComparison.Ordinal) => OfficialDecoders.BlazeFace(imported.Input.Width),
            _ => throw new ModelException(imported.Model, "no decoder is known for it"),
        };

    private static JsonElement Axis(string axis) =>
        int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            ? JsonSerializer.SerializeToElement(size, AxisJson.Default.Int32)
            : JsonSerializer.SerializeToElement(axis, AxisJson.Default.String);
}

[System.Text.Json.Serialization.JsonSerializable(typeof(int))]
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class AxisJson : System.Text.Json.Serialization.JsonSerializerContext;
