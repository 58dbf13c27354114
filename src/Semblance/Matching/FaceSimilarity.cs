using System.Numerics;
using System.Runtime.InteropServices;
using Semblance.Embedding;

namespace Semblance.Matching;

/// <summary>Compares unit vectors.</summary>
public static class FaceSimilarity
{
    /// <summary>Cosine of two embeddings, -1 to 1.</summary>
    /// <exception cref="EmbeddingMismatchException">They have different contracts.</exception>
    public static double Cosine(FaceEmbedding a, FaceEmbedding b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Contract != b.Contract || a.Dimension != b.Dimension)
            throw new EmbeddingMismatchException(a.Contract, b.Contract);
        return Math.Clamp(Dot(a.Vector.Span, b.Vector.Span), -1, 1);
    }

    /// <summary>Length of the difference of two unit vectors whose cosine is known, 0 to 2. Its own inverse is
    /// <see cref="CosineOf"/>.</summary>
    public static double DistanceOf(double cosine) => Math.Sqrt(Math.Max(0, 2 - 2 * cosine));

    /// <summary>Cosine of two unit vectors whose distance is known.</summary>
    public static double CosineOf(double distance) => 1 - distance * distance / 2;

    /// <summary>Inner product of two vectors of the same length.</summary>
    internal static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a),
            vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < va.Length; i++)
            sum += va[i] * vb[i];
        float dot = Vector.Sum(sum);
        for (int i = va.Length * Vector<float>.Count; i < a.Length; i++)
            dot += a[i] * b[i];
        return dot;
    }
}
