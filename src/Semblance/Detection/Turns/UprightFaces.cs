using System.Numerics;

namespace Semblance.Detection.Turns;

/// <summary>How much a detector's answer says that a face stands upright.</summary>
/// <param name="sureScore">The detector's <see cref="IFaceDetector.SureScore"/>.</param>
internal sealed class UprightFaces(float sureScore)
{
    /// <summary>Faces are looked at again when they lie nearer to their side than to upright.</summary>
    private const double LargestRoll = 45;

    /// <summary>What a face that lies on its side by its landmarks must be better by than one that stands upright.</summary>
    private const float PenaltyForRoll = 0.05f;

    /// <summary>What may be missing to 1 at most, of what is missing to the faces that were found upright, where a picture is taken to be
    /// turned.</summary>
    private const float MissingPart = 0.8f;

    /// <summary>The same where other faces show that the picture stands upright.</summary>
    private const float MissingPartAgainstOthers = 0.05f;

    private readonly float _doubt = 1 - sureScore;

    /// <summary>The score that a turned face needs where the picture as it came has none.</summary>
    public float ScoreAlone => 1 - 10 * _doubt;

    /// <summary>Whether landmarks are nearer to upright than to any other turn; true where there are none.</summary>
    public static bool LiesUpright(DetectedFace face)
    {
        if (face.LandmarksSource == LandmarksSource.None)
            return true;
        FaceLandmarks points = face.Landmarks;
        Vector2 down = (points.RightMouthCorner + points.LeftMouthCorner - points.RightEye - points.LeftEye) / 2;
        return Math.Abs(Math.Atan2(down.X, down.Y)) <= LargestRoll * Math.PI / 180;
    }

    /// <summary>Whether a face may stand otherwise than the detector took it.</summary>
    public bool IsDoubtful(DetectedFace face) => face.Score < sureScore || !LiesUpright(face);

    /// <summary>Whether a turned face is better than a face that was found as the picture came.</summary>
    public static bool IsBetter(float turnedScore, DetectedFace face) => turnedScore > ScoreOf(face);

    /// <summary>Whether a turned face is so much better than a doubtful one in its place that it counts although other faces show that the
    /// picture stands upright: surer than any that is found otherwise, or sure where the other is far from it.</summary>
    public bool Replaces(float turnedScore, DetectedFace face) =>
        IsBetter(turnedScore, face)
        && (
            turnedScore >= 1 - _doubt / 5 || (turnedScore >= sureScore && 1 - turnedScore <= MissingPartAgainstOthers * (1 - ScoreOf(face)))
        );

    /// <summary>Whether a turned face says more than all faces that were found as the picture came.</summary>
    public static bool Outweighs(float turnedScore, IReadOnlyList<DetectedFace> faces) =>
        1 - turnedScore <= MissingPart * (1 - faces.Max(ScoreOf));

    private static float ScoreOf(DetectedFace face) => LiesUpright(face) ? face.Score : face.Score - PenaltyForRoll;
}
