using static TorchSharp.torch;

namespace Semblance.Training.Losses;

/// <summary>
/// Additive cosine margin: the target's logit is s (cos θ - m) (Wang et al., "CosFace", CVPR 2018, equation 4).
/// </summary>
/// <param name="margin">m, 0.4 in the official recipes.</param>
/// <param name="scale">s.</param>
/// <param name="limit">Cosines are clamped to ± this: 1 in arcface_torch, 1 - 1e-4 in AdaFace's repository.</param>
internal sealed class CosFaceMargin(double margin = CosFaceMargin.DefaultMargin, double scale = Margin.DefaultScale, double limit = 1)
    : Margin(nameof(CosFaceMargin), scale)
{
    /// <summary>m of arcface_torch and of AdaFace's repository.</summary>
    public const double DefaultMargin = 0.4;

    /// <inheritdoc/>
    public override Tensor Logits(Tensor cosine, Tensor labels, Tensor norms)
    {
        Tensor clamped = cosine.clamp(-limit, limit);
        return (clamped - Targets(cosine, labels).to(cosine.dtype) * margin) * Scale;
    }
}
