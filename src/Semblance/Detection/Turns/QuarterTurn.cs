using System.Numerics;
using SkiaSharp;

namespace Semblance.Detection.Turns;

/// <summary>
/// A picture whose content is turned clockwise by quarters of a circle, and the same picture put upright: how points of one lie on the
/// other. (0, 0) is the centre of the top left pixel in both.
/// </summary>
/// <param name="Degrees">0, 90, 180 or 270.</param>
/// <param name="Width">Width of the picture as it came.</param>
/// <param name="Height">Height of the picture as it came.</param>
internal readonly record struct QuarterTurn(int Degrees, int Width, int Height)
{
    /// <summary>The turns other than none.</summary>
    public static IReadOnlyList<int> All { get; } = [90, 180, 270];

    /// <summary>Width and height of the upright picture.</summary>
    public (int Width, int Height) UprightSize => Degrees is 90 or 270 ? (Height, Width) : (Width, Height);

    /// <summary>The EXIF orientation that pixels stored like this would have.</summary>
    public SKEncodedOrigin Origin =>
        Degrees switch
        {
            90 => SKEncodedOrigin.LeftBottom,
            180 => SKEncodedOrigin.BottomRight,
            270 => SKEncodedOrigin.RightTop,
            _ => SKEncodedOrigin.TopLeft,
        };

    /// <summary>From the upright picture to the picture as it came.</summary>
    public Vector2 ToPicture(Vector2 point) =>
        Degrees switch
        {
            90 => new(Width - 1 - point.Y, point.X),
            180 => new(Width - 1 - point.X, Height - 1 - point.Y),
            270 => new(point.Y, Height - 1 - point.X),
            _ => point,
        };

    /// <summary>From the picture as it came to the upright picture.</summary>
    public Vector2 ToUpright(Vector2 point) =>
        Degrees switch
        {
            90 => new(point.Y, Width - 1 - point.X),
            180 => new(Width - 1 - point.X, Height - 1 - point.Y),
            270 => new(Height - 1 - point.Y, point.X),
            _ => point,
        };

    /// <summary>A face of the upright picture as one of the picture as it came, which says that it is turned.</summary>
    public DetectedFace ToPicture(DetectedFace face) => Map(face, ToPicture) with { Turned = Degrees };

    /// <summary>A face of the picture as it came as one of the upright picture.</summary>
    public DetectedFace ToUpright(DetectedFace face) => Map(face, ToUpright) with { Turned = 0 };

    private static DetectedFace Map(DetectedFace face, Func<Vector2, Vector2> map)
    {
        Vector2 a = map(new(face.Box.X, face.Box.Y)),
            b = map(new(face.Box.Right, face.Box.Bottom));
        (Vector2 low, Vector2 high) = (Vector2.Min(a, b), Vector2.Max(a, b));
        return face with
        {
            Box = FaceBox.FromCorners(low.X, low.Y, high.X, high.Y),
            Landmarks = face.LandmarksSource == LandmarksSource.None ? face.Landmarks : face.Landmarks.Select(map),
            Keypoints = [.. face.Keypoints.Select(map)],
        };
    }
}
