using static TorchSharp.torch;

namespace Semblance.Training.Losses;

/// <summary>
/// Turns the cosines between features and class weights into logits that make the right class harder to reach. A module, because some keep
/// running statistics, which belong into checkpoints.
/// </summary>
internal abstract class Margin : nn.Module
{
    /// <summary>The scale s of the published recipes.</summary>
    public const double DefaultScale = 64;

    /// <summary>Makes a margin.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="scale">s: what cosines are multiplied by, above 0.</param>
    private protected Margin(string name, double scale)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        Scale = scale;
    }

    /// <summary>s: what cosines are multiplied by.</summary>
    public double Scale { get; }

    /// <summary>Computes the logits.</summary>
    /// <param name="cosine">[N, classes], unclamped.</param>
    /// <param name="labels">[N], the index of each row's class.</param>
    /// <param name="norms">[N, 1], lengths of the features before they were normalised.</param>
    /// <returns>[N, classes].</returns>
    public abstract Tensor Logits(Tensor cosine, Tensor labels, Tensor norms);

    /// <summary>[N, classes]: true at the class of each row.</summary>
    private protected static Tensor Targets(Tensor cosine, Tensor labels) =>
        nn.functional.one_hot(labels, cosine.shape[1]).to(ScalarType.Bool);
}
