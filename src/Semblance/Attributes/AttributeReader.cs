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
    /// <param name="crop">What the network saw; null where nothing more is known of it.</param>
    public abstract FaceAttributes Read(ReadOnlySpan<float> values, FaceAttributes face, AttributeCrop? crop = null);

    /// <summary>What a model answers, and from which outputs.</summary>
    /// <exception cref="ModelException">A kind has no output, labels and shape do not fit, or its settings are wrong.</exception>
    public static AttributeAnswer[] For(ModelManifest manifest, AttributeOptions options, AttributeSettings settings)
    {
        Require(manifest.Id, settings);
        List<AttributeAnswer> answers = [];
        if (manifest.Kinds.Contains(ModelKind.Age))
        {
            (string name, ModelTensor tensor) = Find(manifest, AttributeRoles.AgeDistribution);
            if (WidthOf(tensor) is null or < 2)
                throw new ModelException(manifest.Id, "its age distribution needs the shape [\"N\", years]");
            answers.Add(AttributeAnswer.Of(name, new AgeReader(settings.AgeInterval)));
        }
        if (manifest.Kinds.Contains(ModelKind.Gender))
        {
            (string name, ModelTensor tensor) = Find(manifest, AttributeRoles.Gender);
            answers.Add(AttributeAnswer.Of(name, new GenderReader(LabelsOf(manifest, tensor), settings)));
        }
        if (manifest.Kinds.Contains(ModelKind.Emotion))
            answers.Add(Expression(manifest, options.EmotionLabels, settings.Expression));
        return answers.Count > 0 ? [.. answers] : throw new ModelException(manifest.Id, "gives neither age nor gender nor emotion");
    }

    /// <summary>Names all that is wrong with a manifest's settings.</summary>
    /// <exception cref="ModelException">Something is.</exception>
    public static void Require(string model, AttributeSettings settings)
    {
        string[] problems = [.. settings.Problems()];
        if (problems.Length > 0)
            throw new ModelException(model, $"its manifest is wrong: {string.Join("; ", problems)}");
    }

    private static AttributeAnswer Expression(ModelManifest manifest, string? labelSet, ExpressionChoice? choice)
    {
        if (labelSet is not null || choice is null)
        {
            (string name, ModelTensor tensor) = Find(
                manifest,
                labelSet is null ? AttributeRoles.Emotion : $"{AttributeRoles.Emotion}:{labelSet}"
            );
            return AttributeAnswer.Of(name, new EmotionReader(LabelsOf(manifest, tensor)));
        }
        List<AnswerPart> parts = [];
        IReadOnlyList<string>? labels = null;
        foreach (string set in choice.SmallGrey.Keys.Union(choice.Other.Keys))
        {
            (string name, ModelTensor tensor) = Find(manifest, $"{AttributeRoles.Emotion}:{set}");
            IReadOnlyList<string> own = LabelsOf(manifest, tensor);
            labels ??= own;
            if (!labels.SequenceEqual(own))
                throw new ModelException(manifest.Id, "its manifest mixes label sets of different labels");
            parts.Add(new(name, choice.SmallGrey.GetValueOrDefault(set), choice.Other.GetValueOrDefault(set)));
        }
        return new(parts, choice, new EmotionReader(labels!));
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
