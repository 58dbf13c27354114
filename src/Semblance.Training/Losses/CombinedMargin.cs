using static TorchSharp.torch;

namespace Semblance.Training.Losses;

/// <summary>
/// The margins of a (m1, m2, m3) list as arcface_torch's CombinedMarginLoss combines them: (1, m2, 0) is ArcFace; with m3 above 0 it is
/// CosFace and m2 is ignored, as there. The formula of the paper, cos(m1 θ + m2) - m3 (Deng et al., "ArcFace", CVPR 2019, equation 4), is
/// not what that code computes.
/// </summary>
internal sealed class CombinedMargin : Margin
{
    private readonly Margin _chosen;

    /// <summary>Makes the margin.</summary>
    /// <param name="m1">Multiplies the angle; only 1 is known where m3 is 0.</param>
    /// <param name="m2">Added to the angle, in radians.</param>
    /// <param name="m3">Taken from the cosine.</param>
    /// <param name="scale">s.</param>
    /// <exception cref="TrainingException">A combination that the official code refuses.</exception>
    public CombinedMargin(double m1, double m2, double m3, double scale = DefaultScale)
        : base(nameof(CombinedMargin), scale)
    {
        if (m3 > 0)
            _chosen = new CosFaceMargin(m3, scale);
        else if (m1 == 1 && m3 == 0)
            _chosen = new ArcFaceMargin(m2, scale);
        else
            throw new TrainingException($"margins ({m1}, {m2}, {m3}) are not known: use (1, m2, 0) for ArcFace or (1, 0, m3) for CosFace");
    }

    /// <inheritdoc/>
    public override Tensor Logits(Tensor cosine, Tensor labels, Tensor norms) => _chosen.Logits(cosine, labels, norms);
}
