using System.Security.Cryptography;
using Semblance.Conversion.Onnx;
using Semblance.Models;

namespace Semblance.Tests.Support;

/// <summary>A folder of models that a test makes, gone when it is disposed.</summary>
internal sealed class TemporaryModels : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("semblance-models-").FullName;

    public ModelCatalog Catalog => new(Folder);

    /// <summary>Writes a network and its manifest.</summary>
    public InstalledModel Add(string id, ModelKind kind, OnnxModel network, ModelInput input, ModelOutput output) =>
        Add(id, kind, network.ToBytes(), input, output);

    /// <summary>Writes a network's bytes and its manifest.</summary>
    public InstalledModel Add(string id, ModelKind kind, byte[] network, ModelInput input, ModelOutput output)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, id)).FullName;
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), network);
        ModelManifest manifest = new()
        {
            Id = id,
            Kinds = [kind],
            License = "test",
            CommercialUse = false,
            Origin = "a test",
            TrainingData = "none",
            Files = new Dictionary<string, ModelFile>
            {
                [InstalledModel.SingleRole] = new("model.onnx", Convert.ToHexStringLower(SHA256.HashData(network))),
            },
            Input = input,
            Output = output,
            Contract = kind == ModelKind.Embedder ? id + "/1" : null,
        };
        manifest.Write(Path.Combine(folder, InstalledModel.ManifestName));
        return InstalledModel.Open(folder);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
