using Semblance.Attributes;
using Semblance.Models;
using static System.FormattableString;

namespace Semblance.Cli.Output;

/// <summary>Models for people to read.</summary>
internal static class ModelText
{
    /// <summary>Whether the licence permits commercial use.</summary>
    public static string CommercialUse(ModelManifest manifest) =>
        manifest.CommercialUse switch
        {
            true => "permitted",
            false => "not permitted",
            null => "not stated",
        };

    /// <summary>The kinds of a model, e.g. <c>age, gender</c>.</summary>
    public static string Kinds(ModelManifest manifest) => string.Join(", ", manifest.Kinds).ToLowerInvariant();

    /// <summary>How a model that has just come here is used on the command line; null for kinds that only the library uses.</summary>
    public static string? Use(ModelManifest manifest)
    {
        if (manifest.Kinds.Contains(ModelKind.Detector))
            return $"use it with --detector {manifest.Id}";
        if (manifest.Kinds.Contains(ModelKind.Embedder))
        {
            string threshold = manifest.Calibration is null
                ? "; until 'semblance models calibrate' has been run for it, verify needs a --threshold"
                : "";
            return $"use it with --embedder {manifest.Id}{threshold}";
        }
        return AttributeDescriptor.All.Any(attribute => manifest.Kinds.Contains(attribute.Kind))
            ? $"use it with --attribute-models {manifest.Id}"
            : null;
    }

    /// <summary>Bytes, e.g. <c>4.8 MB</c>.</summary>
    public static string Size(long? bytes) => bytes is { } known ? Invariant($"{known / 1e6:0.0} MB") : "size not known";

    /// <summary>Figures by name, e.g. <c>LFW 0.9983</c>.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="most">How many are shown; the rest are counted.</param>
    public static string Figures(IReadOnlyDictionary<string, double> figures, int most = int.MaxValue) =>
        string.Join("; ", figures.Take(most).Select(figure => Invariant($"{figure.Key} {figure.Value:0.####}")))
        + (figures.Count > most ? $"; {figures.Count - most} more" : "");

    /// <summary>How pixels go in, e.g. <c>112x112, BGR, (pixel - 127.5) * 0.0078125</c>.</summary>
    public static string Input(ModelInput input)
    {
        var size = input.Width == 0 ? "any size" : Invariant($"{input.Width}x{input.Height}");
        return $"{size}, {input.Channels}, (pixel - {Each(input.Mean)}) * {Each(input.Scale)}";

        static string Each(IReadOnlyList<float> values) =>
            values.Distinct().Count() == 1
                ? Invariant($"{values[0]}")
                : $"({string.Join(", ", values.Select(value => Invariant($"{value}")))})";
    }
}
