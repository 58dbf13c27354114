using static TorchSharp.torch;

namespace Semblance.Training.Losses;

/// <summary>What replaces cos(θ + m) where it would no longer fall with θ.</summary>
internal enum AngularFallback
{
    /// <summary>Where θ + m exceeds π: cos θ - m sin(π - m), which continues falling.</summary>
    Continued,

    /// <summary>"Easy margin": where cos θ is not above 0: cos θ, without a margin.</summary>
    Easy,
}

/// <summary>
/// Additive angular margin that stays monotonic, with its true derivative: cos(θ + m) = cos θ cos m - sin θ sin m, and
/// <see cref="AngularFallback"/> elsewhere (Deng et al., "ArcFace", CVPR 2019; the formula of the first official releases).
/// </summary>
/// <param name="fallback">What happens at large angles.</param>
/// <param name="margin">m in radians.</param>
/// <param name="scale">s.</param>
internal sealed class ThresholdArcFaceMargin(
    AngularFallback fallback,
    double margin = ArcFaceMargin.DefaultMargin,
    double scale = Margin.DefaultScale
) : Margin(nameof(ThresholdArcFaceMargin), scale)
{
    /// <summary>Keeps the derivative of the root finite where cos θ is ± 1.</summary>
    private const double SmallestSquare = 1e-30;

    /// <inheritdoc/>
    public override Tensor Logits(Tensor cosine, Tensor labels, Tensor norms)
    {
        Tensor clamped = cosine.clamp(-1, 1);
        Tensor sine = (1 - clamped * clamped).clamp_min(SmallestSquare).sqrt();
        Tensor added = clamped * Math.Cos(margin) - sine * Math.Sin(margin);
        Tensor target =
            fallback == AngularFallback.Easy
                ? where(clamped > 0, added, clamped)
                : where(clamped > Math.Cos(Math.PI - margin), added, clamped - Math.Sin(Math.PI - margin) * margin);
        return where(Targets(cosine, labels), target, clamped) * Scale;
    }
}
