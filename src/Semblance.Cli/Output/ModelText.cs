using Semblance.Models;
using Semblance.Models.Importing;

namespace Semblance.Cli.Output;

/// <summary>Models for people to read.</summary>
internal static class ModelText
{
    /// <summary>Whether the licence permits commercial use; nobody is told "no" where nothing was said.</summary>
    public static string CommercialUse(ModelManifest manifest) =>
        manifest.CommercialUse ? "permitted" : manifest.License.Contains(OnnxImport.UnknownLicense, StringComparison.OrdinalIgnoreCase) ? "not stated" : "not permitted";

    /// <summary>The kinds of a model, e.g. <c>age, gender</c>.</summary>
    public static string Kinds(ModelManifest manifest) => string.Join(", ", manifest.Kinds).ToLowerInvariant();

    /// <summary>Figures by name, e.g. <c>LFW 0.9983</c>.</summary>
    public static string Figures(IReadOnlyDictionary<string, double>? figures) =>
        figures is null ? "" : string.Join(", ", figures.Select(figure => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:0.####}")));
}
