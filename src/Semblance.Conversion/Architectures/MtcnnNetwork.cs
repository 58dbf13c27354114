using Semblance.Conversion.Networks;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;
using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Architectures;

/// <summary>
/// A network of MTCNN from facenet-pytorch's files. Faces' probabilities come as one number, which is the second of the two that the official networks give.
/// </summary>
public abstract class MtcnnNetwork : IArchitecture
{
    private const string Model = "mtcnn";

    /// <summary>facenet-pytorch's (pixel - 127.5) / 128.</summary>
    private const float Scale = 1 / 128f;

    private static readonly string[] Files = ["pnet", "rnet", "onet"];

    private readonly string _file;

    private protected MtcnnNetwork(string file, int side, params IReadOnlyList<NetworkOutput> outputs)
    {
        _file = file;
        Role = new(NetworkKind.Detector, Model, file, Files);
        Input = NetworkInput.Centred(side, side, ChannelOrder.Rgb, Scale);
        Outputs = outputs;
        StateReader reader = new(null);
        Graph(reader, GraphForm.Exported);
        Keys = reader.Keys;
    }

    /// <inheritdoc/>
    public string Id => $"{Model}-{_file}";

    /// <inheritdoc/>
    public NetworkRole Role { get; }

    /// <inheritdoc/>
    public NetworkInput Input { get; }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkOutput> Outputs { get; }

    /// <inheritdoc/>
    public IReadOnlyList<StateKey> Keys { get; }

    /// <inheritdoc/>
    public OnnxModel Build(StateDict weights, GraphForm form = GraphForm.Fast) => Graph(new(weights), form);

    private protected abstract OnnxModel Make(MtcnnNetworks networks);

    private OnnxModel Graph(StateReader reader, GraphForm form) =>
        Make(new(_ => new StateMtcnnLayers(reader), form == GraphForm.Fast ? PReluForm.Convolutions : PReluForm.Operator));
}

/// <summary>P-Net: <c>input</c> [N, 3, H, W] to <c>probability</c> [N, 1, h, w] and <c>regression</c> [N, 4, h, w].</summary>
public sealed class MtcnnProposal() : MtcnnNetwork("pnet", 0, new NetworkOutput("probability", "scores", ["N", "1", "h", "w"]), new("regression", "boxes", ["N", "4", "h", "w"]))
{
    private protected override OnnxModel Make(MtcnnNetworks networks) => networks.Proposal();
}

/// <summary>R-Net: <c>input</c> [N, 3, 24, 24] to <c>probability</c> [N, 1] and <c>regression</c> [N, 4].</summary>
public sealed class MtcnnRefinement() : MtcnnNetwork("rnet", 24, new NetworkOutput("probability", "scores", ["N", "1"]), new("regression", "boxes", ["N", "4"]))
{
    private protected override OnnxModel Make(MtcnnNetworks networks) => networks.Refinement();
}

/// <summary>O-Net: <c>input</c> [N, 3, 48, 48] to <c>probability</c> [N, 1], <c>regression</c> [N, 4] and <c>landmarks</c> [N, 10].</summary>
public sealed class MtcnnOutput() : MtcnnNetwork(
    "onet", 48, new NetworkOutput("probability", "scores", ["N", "1"]), new("regression", "boxes", ["N", "4"]), new("landmarks", "landmarks", ["N", "10"]))
{
    private protected override OnnxModel Make(MtcnnNetworks networks) => networks.Output();
}
