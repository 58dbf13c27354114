using Semblance.Conversion.Architectures;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;
using Semblance.Models;
using Semblance.Training.Identity;
using Semblance.Training.Networks.Official;
using static TorchSharp.torch;

namespace Semblance.Training.Networks;

/// <summary>The networks that can be trained, by name.</summary>
internal static class Backbones
{
    /// <summary>Prefix of an installed model as a starting point.</summary>
    public const string Pack = "pack:";

    private static readonly IReadOnlyList<OfficialBackbone> Known =
    [
        new("iresnet18", "iresnet-18", () => new IResNetNetwork(2, 2, 2, 2)),
        new("iresnet34", "iresnet-34", () => new IResNetNetwork(3, 4, 6, 3)),
        new("iresnet50", "iresnet-50", () => new IResNetNetwork(3, 4, 14, 3)),
        new("iresnet100", "iresnet-100", () => new IResNetNetwork(3, 13, 30, 3)),
        new("adaface-ir18", "adaface-ir18", () => new AdaFaceIrNetwork(2, 2, 2, 2)),
        new("adaface-ir34", "adaface-ir34", () => new AdaFaceIrNetwork(3, 4, 6, 3)),
        new("adaface-ir50", "adaface-ir50", () => new AdaFaceIrNetwork(3, 4, 14, 3)),
        new("adaface-ir101", "adaface-ir101", () => new AdaFaceIrNetwork(3, 13, 30, 3)),
        new("mobilefacenet", "arcface-mobilefacenet", () => new MobileFaceNetNetwork()),
    ];

    /// <summary>All names, for help and messages.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(backbone => backbone.Name), Pack + "ID"];

    /// <summary>Makes a network.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="init">Checkpoint to start from; null for the model's own or random weights, which libtorch's generator draws.</param>
    /// <exception cref="TrainingException">The name is not known, or the checkpoint is of another network.</exception>
    public static TrainableEmbedder Create(string name, string? init)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.StartsWith(Pack, StringComparison.Ordinal))
            return init is null
                ? Installed(name[Pack.Length..])
                : throw new TrainingException($"--init: {name} brings its own weights; leave one of the two out");
        return Known.FirstOrDefault(backbone => backbone.Name == name) is { } official
            ? Create(official, init)
            : throw new TrainingException($"backbone '{name}' is not known; known are {string.Join(", ", Names)}");
    }

    private static TrainableEmbedder Create(OfficialBackbone backbone, string? init)
    {
        IArchitecture architecture = ArchitectureCatalog.Get(backbone.Architecture);
        nn.Module<Tensor, Tensor> network = backbone.Make();
        if (init is not null)
            OfficialWeights.Load(network, architecture, init);
        return new(network, InputLayout.Of(architecture.Input), () => architecture.Build(OfficialWeights.Of(network)))
        {
            Trained = init is not null,
            Architecture = architecture,
            Origin = init is null
                ? $"{architecture.Id}, trained from random weights"
                : $"{architecture.Id}, fine-tuned from {Path.GetFileName(init)}",
        };
    }

    private static TrainableEmbedder Installed(string id)
    {
        InstalledModel model = ModelCatalog.Default.Find(id, ModelKind.Embedder);
        OnnxNetwork network = new(PReluRestore.Apply(OnnxModel.Read(model.PathOf())));
        return new(network, InputLayout.Of(model), () => PReluRewrite.Apply(network.ToOnnx()))
        {
            Trained = true,
            CutBefore = layers => PReluRewrite.Apply(network.CutBefore(layers)),
            Layers = network.Layers,
            Base = model,
            Origin = $"fine-tuned from {id} ({model.Manifest.Origin})",
        };
    }

    /// <summary>A network of the official code.</summary>
    /// <param name="Name">What the user calls it.</param>
    /// <param name="Architecture">What <see cref="ArchitectureCatalog"/> calls it.</param>
    /// <param name="Make">Makes it with random weights.</param>
    private sealed record OfficialBackbone(string Name, string Architecture, Func<nn.Module<Tensor, Tensor>> Make);
}
