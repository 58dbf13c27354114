using static TorchSharp.torch;

namespace Semblance.Training.Losses;

/// <summary>
/// Margin that adapts to image quality, for which the length of the feature stands: z = clip(h (|f| - mean) / std, -1, 1); the target's
/// logit is s (cos(θ - m z) - (m + m z)), so that hard samples count where quality is high and are played down where it is low (Kim et al.,
/// "AdaFace", CVPR 2022, equations 9 to 12). Mean and standard deviation are running ones, updated before use.
/// </summary>
internal sealed class AdaFaceMargin : Margin
{
    /// <summary>m of the paper.</summary>
    public const double DefaultMargin = 0.4;

    /// <summary>h of the paper: concentration of z.</summary>
    public const double DefaultConcentration = 0.333;

    /// <summary>Weight of the newest batch in the running statistics, as the official training has it.</summary>
    public const double DefaultMomentum = 0.01;

    private const double Epsilon = 1e-3,
        ShortestNorm = 1e-3,
        LongestNorm = 100,
        FirstMean = 20,
        FirstStd = 100;

    private readonly double _margin,
        _concentration,
        _momentum;

    /// <summary>Makes the margin.</summary>
    /// <param name="margin">m.</param>
    /// <param name="scale">s.</param>
    /// <param name="concentration">h.</param>
    /// <param name="momentum">Weight of the newest batch in the running statistics ("t_alpha"), above 0 to 1.</param>
    public AdaFaceMargin(
        double margin = DefaultMargin,
        double scale = DefaultScale,
        double concentration = DefaultConcentration,
        double momentum = DefaultMomentum
    )
        : base(nameof(AdaFaceMargin), scale)
    {
        (_margin, _concentration, _momentum) = (margin, concentration, momentum);
        register_buffer("batch_mean", tensor(new[] { (float)FirstMean }));
        register_buffer("batch_std", tensor(new[] { (float)FirstStd }));
    }

    /// <summary>Running mean of the norms, [1].</summary>
    public Tensor BatchMean => get_buffer("batch_mean")!;

    /// <summary>Running standard deviation of the norms, [1].</summary>
    public Tensor BatchStd => get_buffer("batch_std")!;

    /// <inheritdoc/>
    public override Tensor Logits(Tensor cosine, Tensor labels, Tensor norms)
    {
        Tensor quality = Quality(norms.detach().clamp(ShortestNorm, LongestNorm).to(cosine.dtype));
        Tensor target = Targets(cosine, labels).to(cosine.dtype);
        Tensor angles = cosine.clamp(-1 + Epsilon, 1 - Epsilon).acos() - target * quality * _margin;
        return (angles.clamp(Epsilon, Math.PI - Epsilon).cos() - target * (quality * _margin + _margin)) * Scale;
    }

    /// <summary>z of every row, [N, 1]; updates the running statistics first.</summary>
    private Tensor Quality(Tensor norms)
    {
        using var _ = no_grad();
        // One sample has no standard deviation: it leaves the running one as it is.
        if (norms.shape[0] > 1)
            Update(BatchStd, norms.std(unbiased: true));
        Update(BatchMean, norms.mean());
        return ((norms - BatchMean) / (BatchStd + Epsilon) * _concentration).clamp(-1, 1);
    }

    private void Update(Tensor running, Tensor newest) => running.mul_(1 - _momentum).add_(newest * _momentum);
}
