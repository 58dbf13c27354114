using System.Collections.Concurrent;
using Semblance.Models;

namespace Semblance.Cli.Output;

/// <summary>Says once, before their first use, which models may not be used commercially.</summary>
internal static class TermsNotice
{
    private static readonly ConcurrentDictionary<string, bool> Told = [];

    /// <summary>One line a model, to standard error; nothing where that is not wanted.</summary>
    public static void Show(Settings settings, params IEnumerable<InstalledModel> models)
    {
        if (settings.Quiet)
            return;
        foreach (InstalledModel model in models.Where(model => model.Manifest.CommercialUse == false && Told.TryAdd(model.Id, true)))
            Messages.Hint(
                $"note: model '{model.Id}' may not be used commercially ({model.Manifest.License}); its card: semblance models info "
                    + $"{model.Id}; models that may: --commercial-only"
            );
    }
}
