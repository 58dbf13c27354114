using Semblance.Conversion.Onnx;
using Semblance.Training.Identity;
using static TorchSharp.torch;

namespace Semblance.Training.Networks;

/// <summary>A network to train, with what has to be known to use it afterwards.</summary>
/// <param name="Network">[N, 3, 112, 112] to [N, d], not normalised.</param>
/// <param name="Layout">How crops become its input.</param>
/// <param name="ToOnnx">The trained network as an ONNX model whose output is called <c>embedding</c>.</param>
public sealed record TrainableEmbedder(nn.Module<Tensor, Tensor> Network, InputLayout Layout, Func<OnnxModel> ToOnnx)
{
    /// <summary>Name of the output of every exported network.</summary>
    public const string Output = "embedding";

    /// <summary>Length of its vectors.</summary>
    public int Dimension { get; init; } = 512;

    /// <summary>Whether training starts from weights that know faces already.</summary>
    public bool Trained { get; init; }

    /// <summary>Keys of parameters by layer, from the input on: what freezing goes by.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Layers { get; init; } = [];

    /// <summary>Cuts the first layers off, which are computed apart from then on; null where the network cannot be cut. See <see cref="OnnxNetwork.CutBefore"/>.</summary>
    public Func<int, OnnxModel>? CutBefore { get; init; }

    /// <summary>Where the weights come from, in words; empty for random ones.</summary>
    public string Origin { get; init; } = "";

    /// <summary>What they were trained on.</summary>
    public string TrainingData { get; init; } = "";

    /// <summary>Licence of the weights; empty for random ones.</summary>
    public string License { get; init; } = "";
}
