using System.Security.Cryptography;
using System.Text.Json;
using Semblance.Conversion.Architectures;
using Semblance.Conversion.Onnx;
using Semblance.Evaluation;
using Semblance.Evaluation.Calibration;
using Semblance.Files;
using Semblance.Models;
using Semblance.Models.Importing;
using Semblance.Models.Installing;
using Semblance.Training.Networks;
using Semblance.Training.Trainer;

namespace Semblance.Training.Embedders.Export;

/// <summary>Writes the model that a run ends with: network, manifest with thresholds, card. It is put together beside its place, loaded and
/// run once, then moved there.</summary>
internal static class EmbedderExport
{
    /// <summary>Writes it.</summary>
    /// <returns>Its folder.</returns>
    /// <exception cref="IOException">The disk is full; the run can be finished with <c>--resume</c>.</exception>
    public static string Write(
        TrainedEmbedder trained,
        EmbedderOptions options,
        RunRecord record,
        RunFolder folder,
        Action<string> say,
        CancellationToken stop
    )
    {
        string staging = folder.Model + ".new";
        if (Directory.Exists(staging))
            Directory.Delete(staging, recursive: true);
        Directory.CreateDirectory(staging);
        try
        {
            OnnxModel network = trained.Embedder.ToOnnx();
            string file = Path.Combine(staging, "model.onnx");
            network.Write(file, stop);
            ModelManifest manifest = ManifestOf(trained, options, record, file, network);
            CalibrationResult? calibration = Calibrate(trained, options, network, manifest, say, stop);
            manifest = manifest with { Calibration = calibration?.Calibration };
            manifest.Write(Path.Combine(staging, InstalledModel.ManifestName));
            AtomicFile.WriteAllText(Path.Combine(staging, "CARD.md"), EmbedderCard.Of(trained, options, record, manifest));
            ModelCheck.Load(InstalledModel.Open(staging), cancellationToken: stop);
            if (Directory.Exists(folder.Model))
                Directory.Delete(folder.Model, recursive: true);
            Directory.Move(staging, folder.Model);
            return folder.Model;
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    /// <summary>Id of the model where none is asked for: the name of the run's folder.</summary>
    public static string IdOf(EmbedderOptions options) =>
        options.Id is { } id
            ? ModelId.Require(id)
            : ModelId.FromFile(Path.GetFileName(Path.GetFullPath(options.Out).TrimEnd(Path.DirectorySeparatorChar)));

    private static ModelManifest ManifestOf(
        TrainedEmbedder trained,
        EmbedderOptions options,
        RunRecord record,
        string file,
        OnnxModel network
    )
    {
        string id = IdOf(options);
        ModelInput input = trained.Embedder.Layout.ToManifest();
        string own = options.DataName ?? Path.GetFileName(Path.GetFullPath(options.Data).TrimEnd(Path.DirectorySeparatorChar));
        return new()
        {
            Id = id,
            Kinds = [ModelKind.Embedder],
            Files = new Dictionary<string, ModelFile> { [InstalledModel.SingleRole] = new(Path.GetFileName(file), HashOf(file)) },
            License = options.License,
            CommercialUse = false,
            Origin = trained.Embedder.Origin,
            TrainingData = trained.Embedder.Base is { } before ? $"{own}; the network before it: {before.Manifest.TrainingData}" : own,
            Input = input,
            Output = OutputOf(trained.Embedder, network),
            Contract = OnnxImport.ContractOf(id, input, file),
            Measured = record
                .Measured.ToDictionary(name => name, name => record.At(name, trained.Step))
                .Where(entry => entry.Value is not null)
                .ToDictionary(entry => entry.Key, entry => Math.Round(entry.Value!.Value, 6))
                is { Count: > 0 } measured
                ? measured
                : null,
        };
    }

    private static ModelOutput OutputOf(TrainableEmbedder embedder, OnnxModel network)
    {
        IReadOnlyList<NetworkOutput> outputs = embedder.Architecture?.Outputs
            ??
            [
                new(
                    network.Graph.Outputs[0].Name,
                    "embedding",
                    ["N", TrainableEmbedder.Dimension.ToString(System.Globalization.CultureInfo.InvariantCulture)]
                ),
            ];
        return new()
        {
            Outputs = outputs.ToDictionary(output => output.Name, output => new ModelTensor(output.Role, [.. output.Shape.Select(Axis)])),
            Normalized = outputs[0].IsUnit,
        };
    }

    private static JsonElement Axis(string axis) =>
        int.TryParse(axis, out int size) ? JsonSerializer.SerializeToElement(size) : JsonSerializer.SerializeToElement(axis);

    private static CalibrationResult? Calibrate(
        TrainedEmbedder trained,
        EmbedderOptions options,
        OnnxModel network,
        ModelManifest manifest,
        Action<string> say,
        CancellationToken stop
    )
    {
        const string Later = "the model has no thresholds; measure them with: semblance models calibrate ID --pairs FILE --images DIR";
        if (trained.Calibration is not { } faces)
        {
            say($"warning: nobody was kept aside and --calibrate was not given: {Later}");
            return null;
        }
        float[][] vectors = CropEmbedding.Embed(
            network,
            [.. faces.Faces.Select(face => face.Crop)],
            trained.Embedder.Layout,
            threads: options.Threads,
            cancellationToken: stop
        );
        try
        {
            return faces.Measure(vectors, manifest.Id, manifest.Contract!, stop);
        }
        catch (EvaluationException e)
        {
            say($"warning: {faces.Source}: {e.Message}: {Later}");
            return null;
        }
    }

    private static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
