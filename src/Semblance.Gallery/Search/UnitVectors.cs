using System.Numerics.Tensors;

namespace Semblance.Gallery.Search;

/// <summary>Whether vectors are what embeddings are: finite and of unit length. A vector that is not would match everybody, or stop every
/// search.</summary>
public static class UnitVectors
{
    /// <summary>How far from 1 a length may be.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>A cosine above this cannot come of unit vectors.</summary>
    public const double LargestCosine = 1.001;

    /// <summary>What is wrong with a vector; null when nothing is.</summary>
    /// <param name="vector">Components.</param>
    public static string? ProblemOf(ReadOnlySpan<float> vector)
    {
        // A component that is not finite makes the sum so too.
        double length = Math.Sqrt(TensorPrimitives.SumOfSquares(vector));
        if (!double.IsFinite(length))
            return "the vector is not finite";
        return Math.Abs(length - 1) <= Tolerance
            ? null
            : FormattableString.Invariant($"the vector has length {length:0.####}, 1 is expected");
    }
}
