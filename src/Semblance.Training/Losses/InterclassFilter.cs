using static TorchSharp.torch;

namespace Semblance.Training.Losses;

/// <summary>Takes wrong classes that look like the right one out of the loss: one person under two labels must not push itself
/// away.</summary>
internal static class InterclassFilter
{
    /// <summary>Sets cosines of wrong classes above a threshold to 0, without a gradient.</summary>
    /// <param name="cosine">[N, classes].</param>
    /// <param name="labels">[N].</param>
    /// <param name="threshold">Cosines above it are taken out.</param>
    public static Tensor Apply(Tensor cosine, Tensor labels, double threshold)
    {
        Tensor target = nn.functional.one_hot(labels, cosine.shape[1]).to(ScalarType.Bool);
        Tensor confused = (cosine.detach() > threshold).logical_and(target.logical_not());
        return cosine.masked_fill(confused, 0);
    }
}
