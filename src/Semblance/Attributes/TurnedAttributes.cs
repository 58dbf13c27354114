using Semblance.Detection.Turns;

namespace Semblance.Attributes;

/// <summary>What was judged of a face put upright, said of the picture as it came.</summary>
internal static class TurnedAttributes
{
    /// <summary>Turns the points and the angle in the picture's plane; the rest holds whichever way up the picture is.</summary>
    public static FaceAttributes ToPicture(FaceAttributes upright, QuarterTurn turn) =>
        upright with
        {
            Pose = upright.Pose?.Value is { } pose
                ? AttributeEstimate.Of(pose with { Roll = Math.Round(Math.IEEERemainder(pose.Roll + turn.Degrees, 360), 1) })
                : upright.Pose,
            Landmarks68 = upright.Landmarks68?.Value is { } points
                ? AttributeEstimate.Of(new FaceLandmarks68([.. points.Points.Select(point => turn.ToPicture(point))]))
                : upright.Landmarks68,
        };
}
