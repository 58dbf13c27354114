using Semblance.Detection;
using Semblance.Evaluation.Detection;
using Semblance.Geometry;

namespace Semblance.Evaluation.Detectors;

/// <summary>Landmarks of a detector against those of another one whose faces count as true, where it is sure of them.</summary>
internal static class LandmarkAgreement
{
    /// <summary>Score from which a face of the yardstick counts.</summary>
    public const float SureScore = 0.8f;

    /// <summary>Measures. Each true face, surest first, takes the face that it overlaps most among those that are still free, from an
    /// intersection over union of <see cref="DetectionProtocol.HitOverlap"/>.</summary>
    /// <param name="pictures">What the yardstick and the detector found on each picture.</param>
    /// <exception cref="EvaluationException">The yardstick is sure of no face, or not one was found.</exception>
    public static LandmarkFigures Of(IEnumerable<(IReadOnlyList<DetectedFace> True, IReadOnlyList<DetectedFace> Found)> pictures)
    {
        List<(FaceBox, FaceLandmarks, FaceLandmarks?)> faces = [];
        foreach ((IReadOnlyList<DetectedFace> known, IReadOnlyList<DetectedFace> found) in pictures)
        {
            List<DetectedFace> free = [.. found];
            foreach (DetectedFace face in known.Where(face => face.Score >= SureScore).OrderByDescending(face => face.Score))
            {
                int best = free.FindIndex(other => Overlap(other, face) == free.Max(candidate => Overlap(candidate, face)));
                bool isHit = best >= 0 && Overlap(free[best], face) >= DetectionProtocol.HitOverlap;
                faces.Add((face.Box, face.Landmarks, isHit ? free[best].Landmarks : null));
                if (isHit)
                    free.RemoveAt(best);
            }
        }
        LandmarkReport report = LandmarkProtocol.Evaluate(faces);
        return new(report.Faces, report.Missed, report.MeanByBox, report.FailureRate);
    }

    private static float Overlap(DetectedFace a, DetectedFace b) => a.Box.IntersectionOverUnion(b.Box);
}
