using System.Security.Cryptography;
using Semblance.Conversion.Onnx;
using Semblance.Files;
using Semblance.Models;

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
            AtomicFile.WriteAllBytes(Path.Combine(folder, NetworkName), bytes);
            (
                manifest with
                {
                    Files = new Dictionary<string, ModelFile>
                    {
                        [InstalledModel.SingleRole] = new(NetworkName, Convert.ToHexStringLower(SHA256.HashData(bytes))),
                    },
                }
            ).Write(Path.Combine(folder, InstalledModel.ManifestName));
            AtomicFile.WriteAllText(Path.Combine(folder, "CARD.md"), card);
        }
        catch (FileWriteException e)
        {
            throw new TrainingException($"{folder}: the model cannot be written: {e.Message}", e);
        }
    }
}
