using Semblance.Models;
using Semblance.Models.Installing;
using Semblance.Training.Detectors.Export;
using Semblance.Training.Networks.Official;
using Semblance.Training.Plots;
using Semblance.Training.Trainer;

namespace Semblance.Training.Detectors;

/// <summary>A whole run: training, plots, and the model that it ends with.</summary>
internal static class DetectorRun
{
    /// <summary>Runs.</summary>
    /// <returns>Folder of the model.</returns>
    /// <inheritdoc cref="DetectorTrainer.RunAsync"/>
    public static async Task<string> RunAsync(DetectorOptions options, ITrainingView view, CancellationToken cancellationToken)
    {
        string id = options.Id is { } asked
            ? ModelId.Require(asked)
            : ModelId.FromFile(Path.GetFileName(Path.GetFullPath(options.Out).TrimEnd(Path.DirectorySeparatorChar)));
        TrainedDetector trained = await new DetectorTrainer(options, view).RunAsync(cancellationToken).ConfigureAwait(false);
        RunFolder folder = new(options.Out);
        RunRecord record = RunRecord.Read(folder.Metrics);
        foreach (string plot in RunPlots.Write(folder, record))
            view.Say($"drawn: {plot}");
        Write(trained, options, id, record, folder.Model, cancellationToken);
        view.Say($"done: {folder.Model}");
        view.Say($"use it: semblance detect picture.jpg --detector {folder.Model}{Path.DirectorySeparatorChar}");
        return folder.Model;
    }

    private static void Write(
        TrainedDetector trained,
        DetectorOptions options,
        string id,
        RunRecord record,
        string folder,
        CancellationToken cancellationToken
    )
    {
        string staging = folder + ".new";
        if (Directory.Exists(staging))
            Directory.Delete(staging, recursive: true);
        Directory.CreateDirectory(staging);
        try
        {
            Dictionary<string, double> measured = record
                .Measured.Where(name => name.StartsWith(DetectorMeasurement.Prefix, StringComparison.Ordinal))
                .Select(name => (name, Value: record.At(name, trained.Step)))
                .Where(entry => entry.Value is not null)
                .ToDictionary(entry => entry.name, entry => Math.Round(entry.Value!.Value, 4));
            DetectorManifest.Write(
                staging,
                id,
                trained.Architecture.Build(OfficialWeights.Of(trained.Network)),
                trained.Architecture,
                options.License,
                options.DataName ?? string.Join(", ", options.Data.Concat(options.Faces).Select(Path.GetFileName)),
                measured.Count > 0 ? measured : null,
                cancellationToken
            );
            ModelCheck.Load(InstalledModel.Open(staging), cancellationToken: cancellationToken);
            File.WriteAllText(Path.Combine(staging, "CARD.md"), DetectorCard.Of(trained, options, InstalledModel.Open(staging).Manifest));
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.Move(staging, folder);
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }
}
