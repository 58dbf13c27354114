using System.Numerics;
using System.Text.Json.Nodes;

namespace Semblance.Server.DeepFace;

/// <summary>DeepFace's box and points: whole pixels; left and right are the person's.</summary>
internal static class FacialArea
{
    public static JsonObject Of(AnalyzedFace face)
    {
        JsonObject area = new()
        {
            ["x"] = Whole(face.Box.X),
            ["y"] = Whole(face.Box.Y),
            ["w"] = Whole(face.Box.Width),
            ["h"] = Whole(face.Box.Height),
        };
        if (face.Landmarks == default)
            return area;
        area["left_eye"] = Point(face.Landmarks.LeftEye);
        area["right_eye"] = Point(face.Landmarks.RightEye);
        area["nose"] = Point(face.Landmarks.NoseTip);
        area["mouth_left"] = Point(face.Landmarks.LeftMouthCorner);
        area["mouth_right"] = Point(face.Landmarks.RightMouthCorner);
        return area;
    }

    private static JsonArray Point(Vector2 point) => [Whole(point.X), Whole(point.Y)];

    private static int Whole(float value) => (int)MathF.Round(value);
}
