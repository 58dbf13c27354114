using Semblance.Conversion.Networks;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Architectures;

/// <summary>
/// A network of MTCNN (Zhang et al., IEEE SPL 2016) from facenet-pytorch's files. Faces' probabilities come as one number, which is the
/// second of the two that the official networks give.
/// </summary>
internal abstract class MtcnnNetwork : Architecture
{
    private const string Model = "mtcnn";

    /// <summary>facenet-pytorch's (pixel - 127.5) / 128.</summary>
    private const float Scale = 1 / 128f;

    private static readonly string[] Files = ["pnet", "rnet", "onet"];

    private protected MtcnnNetwork(string file, int side, params IReadOnlyList<NetworkOutput> outputs)
        : base(
            $"{Model}-{file}",
            new(NetworkKind.Detector, Model, file, Files),
            NetworkInput.Centred(side, side, ChannelOrder.Rgb, Scale),
            outputs
        ) { }

    private protected sealed override OnnxModel Graph(StateReader weights, GraphForm form) =>
        Make(new(_ => new StateMtcnnLayers(weights), form == GraphForm.Fast ? PReluForm.Convolutions : PReluForm.Operator));

    private protected abstract OnnxModel Make(MtcnnNetworks networks);
}
