using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;
using Semblance.Models;
using Semblance.Training.Identity;

namespace Semblance.Training.Networks;

/// <summary>The networks that can be trained, by name.</summary>
public static class Backbones
{
    /// <summary>Prefix of an installed model as a starting point.</summary>
    public const string Pack = "pack:";

    /// <summary>All names, for help and messages.</summary>
    public static IReadOnlyList<string> Names { get; } = [Pack + "ID"];

    /// <summary>Makes a network.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="init">Checkpoint to start from; null for the model's own or random weights.</param>
    /// <exception cref="TrainingException">The name is not known, or the checkpoint is of another network.</exception>
    public static TrainableEmbedder Create(string name, string? init)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.StartsWith(Pack, StringComparison.Ordinal)) return Installed(name[Pack.Length..]);
        throw new TrainingException($"backbone '{name}' is not known; known are {string.Join(", ", Names)}");
    }

    private static TrainableEmbedder Installed(string id)
    {
        InstalledModel model = ModelCatalog.Default.Find(id, ModelKind.Embedder);
        OnnxNetwork network = new(PReluRestore.Apply(OnnxModel.Read(model.PathOf())));
        return new(network, InputLayout.Of(model), () => PReluRewrite.Apply(network.ToOnnx()))
        {
            Trained = true, CutBefore = layers => PReluRewrite.Apply(network.CutBefore(layers)), Layers = network.Layers, Origin = $"fine-tuned from {id} ({model.Manifest.Origin})", TrainingData = model.Manifest.TrainingData, License = model.Manifest.License,
        };
    }
}
