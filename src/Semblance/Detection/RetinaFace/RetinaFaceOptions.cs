using Semblance.Imaging;

namespace Semblance.Detection.RetinaFace;

/// <summary>How RetinaFace looks at a picture and which candidates become faces.</summary>
public sealed record RetinaFaceOptions
{
    /// <summary>The longer side up to which pictures are looked at as they are.</summary>
    public const int DefaultUnreducedSide = 1280;

    /// <summary>The pixels at which larger pictures are looked at: anchors reach to 512 pixels, so larger faces would fall to pieces, and
    /// a sharp picture made smaller shows more than one that was so small.</summary>
    public const int DefaultReducedPixels = 800_000;

    /// <summary>The longer side of the second look: the largest face that fits in is smaller than the largest anchor.</summary>
    public const int DefaultCloseUpSide = 400;

    /// <summary>The settings of this project: large photographs are made smaller first.</summary>
    public static RetinaFaceOptions Default { get; } = new();

    /// <summary>The behaviour of the official detect.py (biubug6/Pytorch_Retinaface): every picture at its full resolution.</summary>
    public static RetinaFaceOptions Official { get; } = new() { UnreducedSide = int.MaxValue, CloseUpSide = null };

    /// <summary>Pictures with a longer side are made smaller. Does not apply when a smallest face is asked for, or to networks of a fixed
    /// size.</summary>
    public int UnreducedSide { get; init; } = DefaultUnreducedSide;

    /// <summary>Pixels that pictures with a longer side than <see cref="UnreducedSide"/> are made smaller to; never enlarged. By area, so
    /// that a long row of people keeps more pixels a face than a picture as high as it is wide, at the same cost.</summary>
    public int ReducedPixels { get; init; } = DefaultReducedPixels;

    /// <summary>The longer side of a second look for faces that are larger than any anchor at the working scale, where the picture is large
    /// enough to hold one; null for none. It costs a seventh of a look at 800,000 pixels.</summary>
    public int? CloseUpSide { get; init; } = DefaultCloseUpSide;

    /// <summary>The lowest score given out at all (official: 0.02); the manifest's threshold is the default of what is asked for.</summary>
    public float ScoreFloor { get; init; } = 0.02f;

    /// <summary>At most so many of the best candidates go into suppression (official: 5000).</summary>
    public int CandidateLimit { get; init; } = 5000;

    /// <summary>At most so many faces come out (official: 750).</summary>
    public int FaceLimit { get; init; } = 750;

    /// <summary>Input pixels for one pixel of the picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="detection">What is looked for.</param>
    internal double ScaleOf(FaceImage image, DetectionOptions detection) =>
        detection.MinFaceSize is null && Math.Max(image.Width, image.Height) > UnreducedSide
            ? Math.Min(1, Math.Sqrt((double)ReducedPixels / image.Width / image.Height))
            : Math.Min(1, WorkingScale.Of(image, detection, UnreducedSide));
}
