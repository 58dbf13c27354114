using System.Numerics;

namespace Semblance.Quality;

/// <summary>What five landmarks tell about the head's direction.</summary>
internal static class FacePose
{
    /// <summary>
    /// How far the nose tip stands off the line between eye midpoint and mouth midpoint, in distances between eye midpoint and mouth
    /// midpoint: about 0 for a frontal face, about 0.3 for a half profile, over 0.6 for a profile. Independent of roll and size.
    /// </summary>
    public static double TurnOf(in FaceLandmarks face)
    {
        Vector2 eyes = (face.RightEye + face.LeftEye) / 2,
            mouth = (face.RightMouthCorner + face.LeftMouthCorner) / 2;
        Vector2 axis = mouth - eyes,
            nose = face.NoseTip - eyes;
        float length = axis.LengthSquared();
        return length == 0 ? 0 : Math.Abs(axis.X * nose.Y - axis.Y * nose.X) / length;
    }
}
