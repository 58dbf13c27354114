using Semblance.Conversion.Networks;
using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Architectures;

/// <summary>P-Net: <c>input</c> [N, 3, H, W] to <c>probability</c> [N, 1, h, w] and <c>regression</c> [N, 4, h, w].</summary>
internal sealed class MtcnnProposal : MtcnnNetwork
{
    /// <summary>Creates the architecture.</summary>
    public MtcnnProposal()
        : base(
            "pnet",
            0,
            new NetworkOutput("probability", "scores", ["N", "1", "h", "w"]),
            new("regression", "boxes", ["N", "4", "h", "w"])
        ) { }

    private protected override OnnxModel Make(MtcnnNetworks networks) => networks.Proposal();
}
