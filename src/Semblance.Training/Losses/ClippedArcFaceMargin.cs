using static TorchSharp.torch;

namespace Semblance.Training.Losses;

/// <summary>
/// Additive angular margin as AdaFace's repository has it for comparison: θ + m is clipped to [1e-4, π - 1e-4], with the true derivative
/// (Kim et al., "AdaFace", CVPR 2022, head.py).
/// </summary>
/// <param name="margin">m in radians.</param>
/// <param name="scale">s.</param>
internal sealed class ClippedArcFaceMargin(double margin = ArcFaceMargin.DefaultMargin, double scale = Margin.DefaultScale)
    : Margin(nameof(ClippedArcFaceMargin), scale)
{
    private const double Epsilon = 1e-4;

    /// <inheritdoc/>
    public override Tensor Logits(Tensor cosine, Tensor labels, Tensor norms)
    {
        Tensor angles = cosine.clamp(-1 + Epsilon, 1 - Epsilon).acos() + Targets(cosine, labels).to(cosine.dtype) * margin;
        return angles.clamp(Epsilon, Math.PI - Epsilon).cos() * Scale;
    }
}
