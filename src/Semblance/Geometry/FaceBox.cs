using System.Text.Json.Serialization;

namespace Semblance.Geometry;

/// <summary>
/// An axis-aligned rectangle in pixels of the upright image; (0, 0) is the centre of the top left pixel. It may reach outside the image.
/// </summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width, not negative.</param>
/// <param name="Height">Height, not negative.</param>
[JsonConverter(typeof(BoxConverter))]
public readonly record struct FaceBox(float X, float Y, float Width, float Height)
{
    /// <summary>Right edge.</summary>
    [JsonIgnore]
    public float Right => X + Width;

    /// <summary>Bottom edge.</summary>
    [JsonIgnore]
    public float Bottom => Y + Height;

    /// <summary>Area in square pixels.</summary>
    [JsonIgnore]
    public float Area => Width * Height;

    /// <summary>Centre.</summary>
    [JsonIgnore]
    public System.Numerics.Vector2 Center => new(X + Width / 2, Y + Height / 2);

    /// <summary>From two corners.</summary>
    public static FaceBox FromCorners(float left, float top, float right, float bottom) => new(left, top, right - left, bottom - top);

    /// <summary>Intersection over union, 0 to 1.</summary>
    public float IntersectionOverUnion(in FaceBox other)
    {
        float w = MathF.Min(Right, other.Right) - MathF.Max(X, other.X);
        float h = MathF.Min(Bottom, other.Bottom) - MathF.Max(Y, other.Y);
        if (w <= 0 || h <= 0)
            return 0;
        float overlap = w * h;
        return overlap / (Area + other.Area - overlap);
    }
}
