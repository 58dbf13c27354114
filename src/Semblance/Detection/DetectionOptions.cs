namespace Semblance.Detection;

/// <summary>What to look for in an image. Values left null are the detector's own defaults.</summary>
public sealed record DetectionOptions
{
    /// <summary>The default options.</summary>
    public static DetectionOptions Default { get; } = new();

    /// <summary>Faces with a lower score are left out; null takes the detector's default.</summary>
    public float? MinScore { get; init; }

    /// <summary>
    /// The smallest face to look for, as its height in pixels of the full image; null takes the detector's default. Larger values are
    /// faster, and let a JPEG be decoded at reduced scale.
    /// </summary>
    public float? MinFaceSize { get; init; }

    /// <summary>Whether analyses look for turned faces too; a detector itself takes pictures to stand upright.</summary>
    public TurnSearch Turns { get; init; }
}
