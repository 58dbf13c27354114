using System.Numerics;
using System.Text.Json.Serialization;

namespace Semblance.Geometry;

/// <summary>
/// Five points in pixels of the upright image. Eyes and mouth corners are the person's: in an upright frontal face
/// <see cref="RightEye"/> is at the left of the picture.
/// </summary>
[JsonConverter(typeof(LandmarksConverter))]
public readonly record struct FaceLandmarks(
    Vector2 RightEye,
    Vector2 LeftEye,
    Vector2 NoseTip,
    Vector2 RightMouthCorner,
    Vector2 LeftMouthCorner
)
{
    /// <summary>The number of points.</summary>
    public const int Count = 5;

    /// <summary>The points in the field's order: right eye, left eye, nose tip, right and left mouth corner.</summary>
    public Vector2 this[int index] =>
        index switch
        {
            0 => RightEye,
            1 => LeftEye,
            2 => NoseTip,
            3 => RightMouthCorner,
            4 => LeftMouthCorner,
            _ => throw new ArgumentOutOfRangeException(nameof(index), index, "There are five landmarks, 0 to 4."),
        };

    /// <summary>From five points in order.</summary>
    /// <exception cref="ArgumentException">Not five points.</exception>
    public static FaceLandmarks From(ReadOnlySpan<Vector2> points) =>
        points.Length == Count
            ? new(points[0], points[1], points[2], points[3], points[4])
            : throw new ArgumentException($"Five landmarks are needed, got {points.Length}.", nameof(points));

    /// <summary>The five points as a new array.</summary>
    public Vector2[] ToArray() => [RightEye, LeftEye, NoseTip, RightMouthCorner, LeftMouthCorner];

    /// <summary>Every point through a function.</summary>
    public FaceLandmarks Select(Func<Vector2, Vector2> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new(map(RightEye), map(LeftEye), map(NoseTip), map(RightMouthCorner), map(LeftMouthCorner));
    }
}
