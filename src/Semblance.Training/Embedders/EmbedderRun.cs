using System.Globalization;
using Semblance.Matching;
using Semblance.Models;
using Semblance.Training.Embedders.Export;
using Semblance.Training.Plots;
using Semblance.Training.Trainer;

namespace Semblance.Training.Embedders;

/// <summary>A whole run: training, plots, and the model that it ends with.</summary>
internal static class EmbedderRun
{
    /// <summary>Runs.</summary>
    /// <returns>Folder of the model.</returns>
    /// <inheritdoc cref="EmbedderTrainer.RunAsync"/>
    public static async Task<string> RunAsync(EmbedderOptions options, ITrainingView view, CancellationToken cancellationToken)
    {
        TrainedEmbedder trained = await new EmbedderTrainer(options, view).RunAsync(cancellationToken).ConfigureAwait(false);
        RunFolder folder = new(options.Out);
        RunRecord record = RunRecord.Read(folder.Metrics);
        foreach (string plot in RunPlots.Write(folder, record))
            view.Say($"drawn: {plot}");
        string model = EmbedderExport.Write(trained, options, record, folder, view.Say, cancellationToken);
        view.Say($"done: {model}");
        if (UseOf(model) is { } use)
            view.Say($"use it: {use}");
        return model;
    }

    /// <summary>The command that compares two pictures with the model; with a rate where its few comparisons do not support the usual one.
    /// Null without thresholds.</summary>
    private static string? UseOf(string model)
    {
        if (InstalledModel.Open(model).Manifest.Calibration is not { } calibration)
            return null;
        double smallest = calibration.Fmr.Min(row => row[0]);
        string rate =
            smallest > MatchOptions.DefaultFalseMatchRate ? string.Create(CultureInfo.InvariantCulture, $" --fmr {smallest}") : "";
        return $"semblance verify a.jpg b.jpg --embedder {model}{Path.DirectorySeparatorChar}{rate}";
    }
}
