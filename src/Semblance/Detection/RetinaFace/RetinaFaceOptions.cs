namespace Semblance.Detection.RetinaFace;

/// <summary>How RetinaFace looks at a picture and which candidates become faces.</summary>
public sealed record RetinaFaceOptions
{
    /// <summary>The longer side at which large pictures are looked at: anchors reach to 512 pixels, so larger faces would fall to
    /// pieces.</summary>
    public const int DefaultLongestSide = 1280;

    /// <summary>The longer side of the second look: the largest face that fits in is smaller than the largest anchor.</summary>
    public const int DefaultCloseUpSide = 400;

    /// <summary>The settings of this project: large photographs are made smaller first.</summary>
    public static RetinaFaceOptions Default { get; } = new();

    /// <summary>The behaviour of the official detect.py (biubug6/Pytorch_Retinaface): every picture at its full resolution.</summary>
    public static RetinaFaceOptions Official { get; } = new() { LongestSide = int.MaxValue, CloseUpSide = null };

    /// <summary>Pictures with a longer side are made smaller to this; never enlarged. Does not apply when a smallest face is asked for, or
    /// to networks of a fixed size.</summary>
    public int LongestSide { get; init; } = DefaultLongestSide;

    /// <summary>The longer side of a second look for faces that are larger than any anchor at the working scale, where the picture is large
    /// enough to hold one; null for none. It costs a tenth of a look at 1,280 pixels.</summary>
    public int? CloseUpSide { get; init; } = DefaultCloseUpSide;

    /// <summary>The lowest score given out at all (official: 0.02); the manifest's threshold is the default of what is asked for.</summary>
    public float ScoreFloor { get; init; } = 0.02f;

    /// <summary>At most so many of the best candidates go into suppression (official: 5000).</summary>
    public int CandidateLimit { get; init; } = 5000;

    /// <summary>At most so many faces come out (official: 750).</summary>
    public int FaceLimit { get; init; } = 750;
}
