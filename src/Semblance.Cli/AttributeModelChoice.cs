using Semblance.Models;

namespace Semblance.Cli;

/// <summary>Makes sure that models named for attributes are asked for one, instead of being left aside without a word.</summary>
internal static class AttributeModelChoice
{
    /// <summary>Looks at what would be asked.</summary>
    /// <exception cref="UsageException">Attributes are asked for, and none of the models named gives one of them.</exception>
    public static void Require(FaceAnalyzer analyzer, Settings settings, FaceFeatures features)
    {
        if (settings.Get(AnalyzerOptions.AttributeModels, null) is not { Length: > 0 } named)
            return;
        string[] names = named.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Any(name => Enum.TryParse(name, ignoreCase: true, out ModelKind _)))
            return;
        string[] asked = [.. analyzer.AttributeModelsFor(features).Select(model => model.Id)];
        if (asked.Length > 0 && !asked.Intersect(names).Any())
            throw new UsageException(
                $"--attribute-models {named}: gives nothing of what is asked for; without it, {string.Join(" and ", asked)} would be asked"
            );
    }
}
