using System.Numerics;
using System.Text.Json.Serialization;

namespace Semblance.Attributes;

/// <summary>The 68 points of the iBUG 300-W scheme (Sagonas et al., ICCV workshops 2013), in pixels of the upright image.</summary>
/// <param name="Points">
/// From the picture's left: jaw 0 to 16, brows 17 to 26, bridge and base of the nose 27 to 35, eyes 36 to 41 and 42 to 47, outer lips 48 to
/// 59, inner lips 60 to 67.
/// </param>
public sealed record FaceLandmarks68([property: JsonConverter(typeof(PointListConverter))] IReadOnlyList<Vector2> Points)
{
    /// <summary>How many points there are.</summary>
    public const int Count = 68;
}
