using System.Numerics;

namespace Semblance.Geometry;

/// <summary>
/// Where the five landmarks lie in an aligned crop (InsightFace's <c>face_align</c>): the positions that the ArcFace family was trained
/// with.
/// </summary>
public static class ArcFaceTemplate
{
    /// <summary>Side of the crop that <see cref="Points"/> belong to.</summary>
    public const int Size = 112;

    private const int WideSize = 128;
    private const float WideShift = 8;

    /// <summary>Right eye, left eye, nose tip, right and left mouth corner for 112 x 112.</summary>
    public static FaceLandmarks Points { get; } =
        new(new(38.2946f, 51.6963f), new(73.5318f, 51.5014f), new(56.0252f, 71.7366f), new(41.5493f, 92.3655f), new(70.7299f, 92.2041f));

    /// <summary>The template for another size: multiples of 112 scale it; multiples of 128 scale it by size/128 and shift it 8 size/128 to
    /// the right.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a positive multiple of 112 or 128.</exception>
    public static FaceLandmarks ForSize(int size)
    {
        if (size <= 0 || (size % Size != 0 && size % WideSize != 0))
            throw new ArgumentOutOfRangeException(nameof(size), size, "Aligned crops have a side that is a multiple of 112 or 128 pixels.");
        if (size % Size == 0)
            return Points.Select(p => p * size / Size);
        float ratio = (float)size / WideSize;
        return Points.Select(p => p * ratio + new Vector2(WideShift * ratio, 0));
    }
}
