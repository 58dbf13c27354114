using System.Numerics;

namespace Semblance.Detection.Turns;

/// <summary>A face that stands upright when the picture is turned.</summary>
/// <param name="Degrees">By how much it is turned clockwise.</param>
/// <param name="Score">The detector's score of it, upright.</param>
/// <param name="Box">About where it is, in pixels of the picture as it came.</param>
internal readonly record struct TurnedCandidate(int Degrees, float Score, FaceBox Box)
{
    private const float LargestAreaRatio = 2;

    /// <summary>Whether a face lies in the same place and is about as large.</summary>
    public bool IsSameFace(DetectedFace face) => AreSame(Box, face.Box);

    /// <summary>Whether two boxes show one face.</summary>
    public static bool AreSame(in FaceBox a, in FaceBox b)
    {
        float ratio = a.Area / b.Area;
        return ratio is > 1 / LargestAreaRatio and < LargestAreaRatio
            && Vector2.Distance(a.Center, b.Center) < MathF.Max(a.Width, a.Height) / 2;
    }
}
