using System.Security.Cryptography;
using Semblance.Conversion.Onnx;
using Semblance.Models;
using Semblance.Training.Trainer;

namespace Semblance.Training.Attributes.Export;

/// <summary>A model folder as the catalogue reads it: network, manifest, card.</summary>
internal static class ExportedModel
{
    private const string NetworkName = "model.onnx";

    /// <summary>Writes the folder.</summary>
    /// <param name="folder">Where; made when missing.</param>
    /// <param name="network">The network.</param>
    /// <param name="manifest">Everything but the files.</param>
    /// <param name="card">The card's text.</param>
    /// <exception cref="TrainingException">It cannot be written.</exception>
    public static void Write(string folder, OnnxModel network, ModelManifest manifest, string card)
    {
        byte[] bytes = network.ToBytes();
        try
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(Path.Combine(folder, NetworkName), stream => stream.Write(bytes));
            (
                manifest with
                {
                    Files = new Dictionary<string, ModelFile>
                    {
                        [InstalledModel.SingleRole] = new(NetworkName, Convert.ToHexStringLower(SHA256.HashData(bytes))),
                    },
                }
            ).Write(Path.Combine(folder, InstalledModel.ManifestName));
            File.WriteAllText(Path.Combine(folder, "CARD.md"), card);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{folder}: the model cannot be written: {e.Message}", e);
        }
    }
}
