using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Semblance.Conversion.Architectures;
using Semblance.Conversion.Onnx;
using Semblance.Models;
using Semblance.Models.Importing;

namespace Semblance.Training.Detectors.Export;

/// <summary>Writes a trained detector as a model: network and manifest.</summary>
internal static class DetectorManifest
{
    private const string NetworkName = "model.onnx";

    /// <summary>Writes both into a folder that exists.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="id">Id of the model.</param>
    /// <param name="network">The network.</param>
    /// <param name="architecture">What it is.</param>
    /// <param name="license">Terms of the weights.</param>
    /// <param name="data">What it was trained on.</param>
    /// <param name="measured">Figures by name; null for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static void Write(
        string folder,
        string id,
        OnnxModel network,
        IArchitecture architecture,
        string license,
        string data,
        IReadOnlyDictionary<string, double>? measured,
        CancellationToken cancellationToken
    )
    {
        string file = Path.Combine(folder, NetworkName);
        network.Write(file, cancellationToken);
        NetworkInput input = architecture.Input;
        ModelManifest manifest = new()
        {
            Id = id,
            Kinds = [ModelKind.Detector],
            Files = new Dictionary<string, ModelFile> { [InstalledModel.SingleRole] = new(NetworkName, HashOf(file)) },
            License = license,
            CommercialUse = false,
            Origin = $"trained by this project from its own random weights as {architecture.Id}",
            TrainingData = data,
            Input = new()
            {
                Width = input.Width,
                Height = input.Height,
                Channels = "BGR",
                Mean = input.Mean,
                Scale = input.Scale,
                PadValue = input.PadValue,
                Template = input.Template,
            },
            Output = new()
            {
                Outputs = architecture.Outputs.ToDictionary(
                    output => output.Name,
                    output => new ModelTensor(output.Role, [.. output.Shape.Select(Axis)])
                ),
                Decoder = OfficialDecoders.RetinaFace(),
            },
            Measured = measured,
        };
        manifest.Write(Path.Combine(folder, InstalledModel.ManifestName));
    }

    private static JsonElement Axis(string axis) =>
        int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            ? JsonSerializer.SerializeToElement(size)
            : JsonSerializer.SerializeToElement(axis);

    private static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
