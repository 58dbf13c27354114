using System.Numerics;
using System.Runtime.InteropServices;

namespace Semblance.Embedding;

/// <summary>Inner products with several sums at once, so that additions need not wait for one another.</summary>
internal static class VectorProduct
{
    /// <summary>Inner product of two vectors of the same length.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a),
            vb = MemoryMarshal.Cast<float, Vector<float>>(b)[..va.Length];
        Vector<float> s0 = Vector<float>.Zero,
            s1 = s0,
            s2 = s0,
            s3 = s0;
        int i = 0;
        for (; i + 3 < va.Length; i += 4)
        {
            s0 += va[i] * vb[i];
            s1 += va[i + 1] * vb[i + 1];
            s2 += va[i + 2] * vb[i + 2];
            s3 += va[i + 3] * vb[i + 3];
        }
        for (; i < va.Length; i++)
            s0 += va[i] * vb[i];
        float dot = Vector.Sum(s0 + s1 + (s2 + s3));
        for (int k = va.Length * Vector<float>.Count; k < a.Length; k++)
            dot += a[k] * b[k];
        return dot;
    }
}
