using System.Numerics;
using Semblance.Geometry;

namespace Semblance.Evaluation.Detection;

/// <summary>
/// Distance of landmarks from labelled ones by the face's size: by √(box width × height), as RetinaFace (Deng et al., CVPR 2020, section
/// 4.3), and by the distance of the eyes, which profiles make small.
/// </summary>
public static class LandmarkProtocol
{
    /// <summary>A mean distance by box above this is a failure.</summary>
    public const double Failure = 0.08;

    private const double LongestError = 0.15,
        Step = 0.005;

    /// <summary>Measures.</summary>
    /// <param name="faces">Labelled box and landmarks, and the landmarks found for that face; null where it was not found.</param>
    /// <exception cref="EvaluationException">No face was found, or a labelled box is empty.</exception>
    public static LandmarkReport Evaluate(IReadOnlyList<(FaceBox Box, FaceLandmarks Truth, FaceLandmarks? Found)> faces)
    {
        ArgumentNullException.ThrowIfNull(faces);
        if (faces.Any(face => !(face.Box.Area > 0)))
            throw new EvaluationException("a labelled box is empty, so distances have no measure");
        double[][] distances =
        [
            .. faces
                .Where(face => face.Found is not null)
                .Select(face =>
                    Enumerable
                        .Range(0, FaceLandmarks.Count)
                        .Select(p => (double)Vector2.Distance(face.Truth[p], face.Found!.Value[p]) / Math.Sqrt(face.Box.Area))
                        .ToArray()
                ),
        ];
        if (distances.Length == 0)
            throw new EvaluationException("not one labelled face was found");
        double[] means = [.. distances.Select(d => d.Average()).Order()];
        double[] byEyes =
        [
            .. faces
                .Where(face => face.Found is not null && face.Truth.RightEye != face.Truth.LeftEye)
                .Select(face =>
                    Enumerable.Range(0, FaceLandmarks.Count).Average(p => Vector2.Distance(face.Truth[p], face.Found!.Value[p]))
                    / Vector2.Distance(face.Truth.RightEye, face.Truth.LeftEye)
                ),
        ];
        int missed = faces.Count - means.Length;
        return new(
            faces.Count,
            missed,
            means.Average(),
            byEyes.Length == 0 ? null : byEyes.Average(),
            (missed + means.Count(mean => mean > Failure)) / (double)faces.Count,
            [.. Enumerable.Range(0, FaceLandmarks.Count).Select(p => distances.Average(d => d[p]))],
            [
                .. Enumerable
                    .Range(0, (int)Math.Round(LongestError / Step) + 1)
                    .Select(i => (i * Step, means.Count(mean => mean <= i * Step * (1 + 1e-9)) / (double)faces.Count)),
            ]
        );
    }
}
