using Semblance.Models;

namespace Semblance.Cli.Output;

/// <summary>Says before their first use which of the models asked for attributes may not be used commercially.</summary>
internal static class AttributeNotice
{
    /// <summary>One line a model, to standard error.</summary>
    public static void Show(FaceAnalyzer analyzer, FaceFeatures features)
    {
        foreach (InstalledModel model in analyzer.AttributeModelsFor(features).Where(model => model.Manifest.CommercialUse == false))
            Messages.Hint(
                $"note: model '{model.Id}' may not be used commercially ({model.Manifest.License}); see its card: semblance models info "
                    + $"{model.Id}"
            );
    }
}
