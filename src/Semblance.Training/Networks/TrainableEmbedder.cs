using Semblance.Conversion.Architectures;
using Semblance.Conversion.Onnx;
using Semblance.Models;
using Semblance.Training.Identity;
using static TorchSharp.torch;

namespace Semblance.Training.Networks;

/// <summary>A network to train, with what has to be known to use it afterwards.</summary>
/// <param name="Network">[N, 3, 112, 112] to [N, d], not normalised.</param>
/// <param name="Layout">How crops become its input.</param>
/// <param name="ToOnnx">The network as it is now as an ONNX model; its first output is the embedding.</param>
internal sealed record TrainableEmbedder(nn.Module<Tensor, Tensor> Network, InputLayout Layout, Func<OnnxModel> ToOnnx)
{
    /// <summary>Length of its vectors.</summary>
    public const int Dimension = 512;

    /// <summary>Whether training starts from weights that know faces already.</summary>
    public bool Trained { get; init; }

    /// <summary>Keys of parameters by layer, from the input on: what freezing goes by. Empty where no layer can be frozen.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Layers { get; init; } = [];

    /// <summary>Cuts the first layers off, which are computed apart from then on; null where the network cannot be cut. See
    /// <see cref="OnnxNetwork.CutBefore"/>.</summary>
    public Func<int, OnnxModel>? CutBefore { get; init; }

    /// <summary>For a network of the official code: what it is.</summary>
    public IArchitecture? Architecture { get; init; }

    /// <summary>For a fine-tuned model: the one that it started from.</summary>
    public InstalledModel? Base { get; init; }

    /// <summary>Where the weights come from, in words.</summary>
    public required string Origin { get; init; }
}
