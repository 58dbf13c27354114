using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Models;
using Semblance.Models.Installing;
using Semblance.Models.Pulling;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models pull</c>: downloads a model of the catalogue.</summary>
internal static class ModelsPullCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Catalogue id, as models list shows it." };

    private static readonly Option<string?> From = new("--from")
    {
        Description = $"Base address of a mirror with the same paths; also {PullOptions.AddressVariable}. [default: the catalogue's]",
        HelpName = "URL",
    };

    private static readonly Option<bool> Offline = new("--offline")
    {
        Description = $"Use no network: an error if the model is not here; also {PullOptions.OfflineVariable}=1.",
    };

    public static Command Create()
    {
        Command command = new(
            "pull",
            "Downloads a model after showing its licence: resumed where it broke, compared with its hash, checked, and only then made "
                + "visible. Exit code 5: it could not be downloaded.\n\nExample: semblance models pull adaface-ir101"
        )
        {
            Id,
            From,
            Offline,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        PullableModel pullable = PullableCatalog.Default.Find(parsed.GetRequiredValue(Id));
        ModelManifest manifest = pullable.Manifest;
        PullOptions options = PullOptions.FromEnvironment();
        if (parsed.GetValue(From) is { } from)
            options = options with { From = PullOptions.AddressOf(from, From.Name) };
        if (parsed.GetValue(Offline))
            options = options with { Network = NetworkUse.Forbidden };

        Messages.Hint($"{pullable.Id}: {manifest.License}; commercial use {ModelText.CommercialUse(manifest)}");
        Messages.Hint($"  trained on: {manifest.TrainingData}");
        Messages.Hint(
            $"  from: {new Uri(options.From ?? PullableCatalog.Default.Base, pullable.Address)}"
                + $"{(pullable.Megabytes is { } size ? $", about {size:0.#} MB" : "")}"
        );
        using ModelPuller puller = new(ModelStore.Default, PullableCatalog.Default, options);
        using DownloadProgress progress = new(pullable.Id, new Settings(parsed).Quiet);
        InstalledModel model = await puller.PullAsync(pullable.Id, progress, stop).ConfigureAwait(false);
        progress.Dispose();
        Console.Out.WriteLine($"{model.Id}: in {model.Folder}, sha256 {pullable.Sha256}");
        if (!new Settings(parsed).Quiet && ModelText.Use(model.Manifest) is { } use)
            Messages.Hint(use);
        return (int)ExitCode.Done;
    }
}
