using Semblance.Conversion.Networks;
using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Architectures;

/// <summary>O-Net: <c>input</c> [N, 3, 48, 48] to <c>probability</c> [N, 1], <c>regression</c> [N, 4] and <c>landmarks</c> [N, 10]: five x,
/// then five y.</summary>
internal sealed class MtcnnOutput : MtcnnNetwork
{
    /// <summary>Creates the architecture.</summary>
    public MtcnnOutput()
        : base(
            "onet",
            48,
            new NetworkOutput("probability", "scores", ["N", "1"]),
            new("regression", "boxes", ["N", "4"]),
            new("landmarks", "landmarks", ["N", "10"])
        ) { }

    private protected override OnnxModel Make(MtcnnNetworks networks) => networks.Output();
}
