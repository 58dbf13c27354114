using static TorchSharp.torch;

namespace Semblance.Training.Losses;

/// <summary>
/// Additive angular margin as arcface_torch computes it: the target's logit is s cos(θ + m), also where θ + m exceeds π and the cosine
/// turns up again, and the gradient passes straight through: d logit / d cos θ = s (Deng et al., "ArcFace", CVPR 2019, equation 3).
/// </summary>
/// <param name="margin">m in radians.</param>
/// <param name="scale">s.</param>
internal sealed class ArcFaceMargin(double margin = ArcFaceMargin.DefaultMargin, double scale = Margin.DefaultScale)
    : Margin(nameof(ArcFaceMargin), scale)
{
    /// <summary>m of the official recipes, in radians.</summary>
    public const double DefaultMargin = 0.5;

    /// <inheritdoc/>
    public override Tensor Logits(Tensor cosine, Tensor labels, Tensor norms)
    {
        Tensor clamped = cosine.clamp(-1, 1);
        Tensor angles = clamped.detach().acos() + Targets(cosine, labels).to(cosine.dtype) * margin;
        return (clamped + (angles.cos() - clamped).detach()) * Scale;
    }
}
