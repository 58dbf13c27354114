using System.Numerics;

namespace Semblance.Detection.BlazeFace;

/// <summary>
/// BlazeFace has a mouth centre but no mouth corners. They are the template's, carried into the picture by the similarity that fits eyes,
/// nose and mouth centre, and shifted so that their midpoint is the mouth centre.
/// </summary>
internal static class BlazeFaceLandmarks
{
    private const int RightEye = 2,
        LeftEye = 3,
        NoseTip = 4,
        MouthCenter = 5;

    /// <summary>The face of a candidate.</summary>
    /// <param name="candidate">In pixels of the network's input.</param>
    /// <param name="toImage">From there to pixels of the image.</param>
    public static DetectedFace ToFace(BlazeFaceCandidate candidate, Func<Vector2, Vector2> toImage)
    {
        Vector2[] points = [.. candidate.Points.Select(toImage)];
        FaceBox box = FaceBox.FromCorners(points[0].X, points[0].Y, points[1].X, points[1].Y);
        Vector2 right = points[RightEye],
            left = points[LeftEye],
            nose = points[NoseTip],
            mouth = points[MouthCenter];
        SimilarityTransform toTemplate = SimilarityEstimator.EstimateFromMouthCenter(right, left, nose, mouth, ArcFaceTemplate.Size);
        SimilarityTransform back = toTemplate.Invert();
        Vector2 rightCorner = back.Apply(ArcFaceTemplate.Points.RightMouthCorner),
            leftCorner = back.Apply(ArcFaceTemplate.Points.LeftMouthCorner);
        Vector2 shift = mouth - (rightCorner + leftCorner) / 2;
        return new(box, candidate.Score, new(right, left, nose, rightCorner + shift, leftCorner + shift))
        {
            LandmarksSource = LandmarksSource.EstimatedMouth,
            Keypoints = points[2..],
        };
    }
}
