using System.Numerics;

namespace Semblance.Geometry;

/// <summary>
/// Rotation, uniform scale and shift: (x, y) to (A x - B y + Tx, B x + A y + Ty). As OpenCV's 2 x 3 matrix: [[A, -B, Tx], [B, A, Ty]].
/// </summary>
public readonly record struct SimilarityTransform(double A, double B, double Tx, double Ty)
{
    /// <summary>Length of a unit step after the transform: crop pixels per image pixel.</summary>
    public double Scale => Math.Sqrt(A * A + B * B);

    /// <summary>Maps a point.</summary>
    public Vector2 Apply(Vector2 p) => new((float)(A * p.X - B * p.Y + Tx), (float)(B * p.X + A * p.Y + Ty));

    /// <summary>The transform back.</summary>
    public SimilarityTransform Invert()
    {
        double n = A * A + B * B;
        double a = A / n,
            b = -B / n;
        return new(a, b, -(a * Tx - b * Ty), -(b * Tx + a * Ty));
    }
}
