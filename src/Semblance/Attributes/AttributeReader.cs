using System.Globalization;
using System.Text.Json;
using Semblance.Models;

namespace Semblance.Attributes;

/// <summary>Turns one output of an attribute network into an estimate. Outputs are read in the order age, gender, emotion.</summary>
internal abstract class AttributeReader
{
    /// <summary>Adds what the output says to a face.</summary>
    /// <param name="values">The probabilities.</param>
    /// <param name="face">What other outputs said.</param>
    public abstract FaceAttributes Read(ReadOnlySpan<float> values, FaceAttributes face);

    /// <summary>The outputs of a model and their readers.</summary>
    /// <exception cref="ModelException">A kind has no output, or labels and shape do not fit.</exception>
    public static (string Output, AttributeReader Reader)[] For(
        ModelManifest manifest,
        AttributeOptions options,
        AttributeSettings settings
    )
    {
        List<(string, AttributeReader)> readers = [];
        if (manifest.Kinds.Contains(ModelKind.Age))
        {
            (string name, ModelTensor tensor) = Find(manifest, AttributeRoles.AgeDistribution);
            if (WidthOf(tensor) is null or < 2)
                throw new ModelException(manifest.Id, "its age distribution needs the shape [\"N\", years]");
            readers.Add((name, new AgeReader()));
        }
        if (manifest.Kinds.Contains(ModelKind.Gender))
        {
            (string name, ModelTensor tensor) = Find(manifest, AttributeRoles.Gender);
            readers.Add((name, new GenderReader(LabelsOf(manifest, tensor), settings)));
        }
        if (manifest.Kinds.Contains(ModelKind.Emotion))
        {
            (string name, ModelTensor tensor) = Find(
                manifest,
                options.EmotionLabels is null ? AttributeRoles.Emotion : $"{AttributeRoles.Emotion}:{options.EmotionLabels}"
            );
            readers.Add((name, new EmotionReader(LabelsOf(manifest, tensor))));
        }
        return readers.Count > 0 ? [.. readers] : throw new ModelException(manifest.Id, "gives neither age nor gender nor emotion");
    }

    private static (string Name, ModelTensor Tensor) Find(ModelManifest manifest, string role)
    {
        foreach ((string name, ModelTensor tensor) in manifest.Output.Outputs)
            if (tensor.Role == role)
                return (name, tensor);
        throw new ModelException(
            manifest.Id,
            $"its manifest has no output of role '{role}', only {string.Join(", ", manifest.Output.Outputs.Values.Select(t => t.Role))}"
        );
    }

    private static IReadOnlyList<string> LabelsOf(ModelManifest manifest, ModelTensor tensor)
    {
        IReadOnlyList<string> labels = tensor.Labels
            ?? manifest.Output.Labels
            ?? throw new ModelException(manifest.Id, $"its manifest names no labels for '{tensor.Role}'");
        if (WidthOf(tensor) == labels.Count)
            return labels;
        string width = WidthOf(tensor)?.ToString(CultureInfo.InvariantCulture) ?? "nothing";
        throw new ModelException(manifest.Id, $"its manifest gives {labels.Count} labels for '{tensor.Role}', whose shape says {width}");
    }

    private static int? WidthOf(ModelTensor tensor) =>
        tensor.Shape is [_, { ValueKind: JsonValueKind.Number } width] && width.TryGetInt32(out int value) ? value : null;
}
