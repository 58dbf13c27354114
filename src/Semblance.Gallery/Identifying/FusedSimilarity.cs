using System.Numerics.Tensors;

namespace Semblance.Gallery.Identifying;

/// <summary>Compares a probe with several references of one person.</summary>
public static class FusedSimilarity
{
    /// <summary>The similarity after fusion.</summary>
    /// <param name="probe">A unit vector.</param>
    /// <param name="references">One reference or more.</param>
    /// <param name="fusion">How they are taken together.</param>
    /// <returns>The cosine, and with <see cref="ReferenceFusion.Best"/> the reference it is from (of equal ones that with the smaller
    /// id).</returns>
    public static (double Similarity, Guid? Reference) Of(
        ReadOnlySpan<float> probe,
        IReadOnlyList<FaceReference> references,
        ReferenceFusion fusion
    )
    {
        ArgumentNullException.ThrowIfNull(references);
        if (fusion != ReferenceFusion.Best)
            return (TensorPrimitives.Dot(probe, Template(references, fusion)), null);
        float best = float.NegativeInfinity;
        Guid? which = null;
        foreach (FaceReference reference in references)
        {
            float similarity = TensorPrimitives.Dot(probe, reference.Vector.Span);
            if (similarity > best || (similarity == best && reference.Id.CompareTo(which!.Value) < 0))
                (best, which) = (similarity, reference.Id);
        }
        return (best, which);
    }

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
