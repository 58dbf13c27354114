using Semblance.Conversion.Networks;
using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Architectures;

/// <summary>R-Net: <c>input</c> [N, 3, 24, 24] to <c>probability</c> [N, 1] and <c>regression</c> [N, 4].</summary>
internal sealed class MtcnnRefinement : MtcnnNetwork
{
    /// <summary>Creates the architecture.</summary>
    public MtcnnRefinement()
        : base("rnet", 24, new NetworkOutput("probability", "scores", ["N", "1"]), new("regression", "boxes", ["N", "4"])) { }

    private protected override OnnxModel Make(MtcnnNetworks networks) => networks.Refinement();
}
