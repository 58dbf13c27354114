using System.Numerics.Tensors;

namespace Semblance.Gallery.Identifying;

/// <summary>Compares a probe with several references of one person.</summary>
public static class FusedSimilarity
{
    /// <summary>The similarity after fusion.</summary>
    /// <param name="probe">A unit vector.</param>
    /// <param name="references">One reference or more.</param>
    /// <param name="fusion">How they are taken together.</param>
    /// <returns>The cosine and the bias, and with <see cref="ReferenceFusion.Best"/> the reference of the best sum of both (of equal ones
    /// that with the smaller id).</returns>
    public static (double Similarity, double Bias, Guid? Reference) Of(
        ReadOnlySpan<float> probe,
        IReadOnlyList<FaceReference> references,
        ReferenceFusion fusion
    )
    {
        ArgumentNullException.ThrowIfNull(references);
        if (fusion != ReferenceFusion.Best)
            return (TensorPrimitives.Dot(probe, Template(references, fusion)), BiasOf(BaselineOf(references, fusion)), null);
        float best = float.NegativeInfinity,
            ranked = float.NegativeInfinity,
            added = 0;
        Guid? which = null;
        foreach (FaceReference reference in references)
        {
            float similarity = TensorPrimitives.Dot(probe, reference.Vector.Span),
                bias = BiasOf(reference.Baseline),
                rank = similarity + bias;
            if (rank > ranked || (rank == ranked && reference.Id.CompareTo(which!.Value) < 0))
                (best, ranked, added, which) = (similarity, rank, bias, reference.Id);
        }
        return (best, added, which);
    }

    /// <summary>
    /// The baseline of <see cref="Template"/> from those of its references: the weighted sum over the length of the sum of vectors. As a
    /// baseline is the largest mean over so many strangers, it grows no faster than its argument (sublinear), so this is an upper bound,
    /// exact where all references are closest to the same strangers: scores come out the same or lower, never higher.
    /// </summary>
    /// <param name="references">One reference or more.</param>
    /// <param name="fusion">Mean or norm-weighted.</param>
    /// <returns>Null where a reference has none.</returns>
    public static float? BaselineOf(IReadOnlyList<FaceReference> references, ReferenceFusion fusion)
    {
        ArgumentNullException.ThrowIfNull(references);
        float[] sum = new float[references[0].Vector.Length];
        double baselines = 0;
        foreach (FaceReference reference in references)
        {
            if (reference.Baseline is not { } baseline)
                return null;
            float weight = fusion == ReferenceFusion.NormWeighted ? reference.Norm : 1;
            TensorPrimitives.MultiplyAdd(reference.Vector.Span, weight, sum, sum);
            baselines += (double)weight * baseline;
        }
        float length = TensorPrimitives.Norm<float>(sum);
        return length > 0 ? (float)(baselines / length) : 0;
    }

    /// <summary>What is added to a similarity to rank by score: minus half the baseline, 0 without one.</summary>
    public static float BiasOf(float? baseline) => baseline is { } value ? -0.5f * value : 0;

    /// <summary>The unit vector that stands for a person: the normalised sum of the references, each times its norm with
    /// <see cref="ReferenceFusion.NormWeighted"/>.</summary>
    /// <param name="references">One reference or more.</param>
    /// <param name="fusion">Mean or norm-weighted.</param>
    /// <returns>As long as the vectors; zero where they cancel out.</returns>
    public static float[] Template(IReadOnlyList<FaceReference> references, ReferenceFusion fusion)
    {
        ArgumentNullException.ThrowIfNull(references);
        float[] sum = new float[references[0].Vector.Length];
        foreach (FaceReference reference in references)
            TensorPrimitives.MultiplyAdd(reference.Vector.Span, fusion == ReferenceFusion.NormWeighted ? reference.Norm : 1, sum, sum);
        float length = TensorPrimitives.Norm<float>(sum);
        if (length > 0)
            TensorPrimitives.Divide(sum, length, sum);
        return sum;
    }
}
