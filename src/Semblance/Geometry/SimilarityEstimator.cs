using System.Numerics;
using static System.FormattableString;

namespace Semblance.Geometry;

/// <summary>
/// Least-squares similarity between point sets: the closed form of Umeyama (IEEE TPAMI 1991, eq. 40 to 43) in the plane, without
/// reflection.
/// </summary>
public static class SimilarityEstimator
{
    /// <summary>A spread below this share of the distance from the origin is rounding of single-precision coordinates.</summary>
    private const double CoincidentSpread = 1e-6;

    /// <summary>The transform that carries <paramref name="from"/> onto <paramref name="to"/> with the least squared error.</summary>
    /// <param name="from">At least two points that do not all coincide.</param>
    /// <param name="to">As many points.</param>
    /// <exception cref="ArgumentException">Unequal counts, fewer than two points, points that coincide or are not finite, or no fit but a
    /// single point.</exception>
    public static SimilarityTransform Estimate(ReadOnlySpan<Vector2> from, ReadOnlySpan<Vector2> to)
    {
        if (from.Length != to.Length || from.Length < 2)
            throw new ArgumentException($"Two or more pairs of points are needed, got {from.Length} and {to.Length}.");
        double fromX = 0,
            fromY = 0,
            toX = 0,
            toY = 0;
        for (int i = 0; i < from.Length; i++)
        {
            fromX += from[i].X;
            fromY += from[i].Y;
            toX += to[i].X;
            toY += to[i].Y;
        }
        (fromX, fromY, toX, toY) = (fromX / from.Length, fromY / from.Length, toX / from.Length, toY / from.Length);
        double dot = 0,
            cross = 0,
            squares = 0;
        for (int i = 0; i < from.Length; i++)
        {
            double px = from[i].X - fromX,
                py = from[i].Y - fromY,
                qx = to[i].X - toX,
                qy = to[i].Y - toY;
            dot += px * qx + py * qy;
            cross += px * qy - py * qx;
            squares += px * px + py * py;
        }
        if (!double.IsFinite(squares + dot + cross))
            throw new ArgumentException("A coordinate is not a finite number; no similarity fits.", nameof(from));
        if (Math.Sqrt(squares) <= CoincidentSpread * (1 + Math.Abs(fromX) + Math.Abs(fromY)))
            throw new ArgumentException(
                Invariant($"The points coincide at ({fromX:0.##}, {fromY:0.##}); no similarity fits them."),
                nameof(from)
            );
        double a = dot / squares,
            b = cross / squares;
        if (a == 0 && b == 0)
            throw new ArgumentException(
                "The points do not resemble the targets: the best similarity shrinks them to one point.",
                nameof(from)
            );
        return new(a, b, toX - a * fromX + b * fromY, toY - b * fromX - a * fromY);
    }

    /// <summary>From the landmarks of a face onto the template.</summary>
    /// <param name="points">The landmarks.</param>
    /// <param name="source">Where they come from; BlazeFace's are fitted by their own four points.</param>
    /// <param name="size">Side of the crop: a multiple of 112 or 128.</param>
    /// <exception cref="NoLandmarksException">The detector gave a box alone.</exception>
    public static SimilarityTransform Estimate(FaceLandmarks points, LandmarksSource source, int size)
    {
        if (source == LandmarksSource.None)
            throw new NoLandmarksException();
        if (source == LandmarksSource.EstimatedMouth)
            return EstimateFromMouthCenter(
                points.RightEye,
                points.LeftEye,
                points.NoseTip,
                (points.RightMouthCorner + points.LeftMouthCorner) / 2,
                size
            );
        return Estimate(points.ToArray(), ArcFaceTemplate.ForSize(size).ToArray());
    }

    /// <summary>From eyes, nose and mouth centre onto the template, whose mouth centre is the midpoint of its corners.</summary>
    public static SimilarityTransform EstimateFromMouthCenter(
        Vector2 rightEye,
        Vector2 leftEye,
        Vector2 noseTip,
        Vector2 mouthCenter,
        int size
    )
    {
        FaceLandmarks template = ArcFaceTemplate.ForSize(size);
        return Estimate(
            [rightEye, leftEye, noseTip, mouthCenter],
            [template.RightEye, template.LeftEye, template.NoseTip, (template.RightMouthCorner + template.LeftMouthCorner) / 2]
        );
    }
}
