using static TorchSharp.torch;

namespace Semblance.Training.Losses;

/// <summary>No margin: logit = s cos θ (Wang et al., "NormFace", ACM MM 2017, equation 6).</summary>
/// <param name="scale">s.</param>
internal sealed class SoftmaxMargin(double scale = Margin.DefaultScale) : Margin(nameof(SoftmaxMargin), scale)
{
    /// <inheritdoc/>
    public override Tensor Logits(Tensor cosine, Tensor labels, Tensor norms) => cosine.clamp(-1, 1) * Scale;
}
