namespace Semblance.Detection.BlazeFace;

/// <summary>How BlazeFace's candidates become faces.</summary>
public sealed record BlazeFaceOptions
{
    /// <summary>As MediaPipe does.</summary>
    public static BlazeFaceOptions Default { get; } = new();

    /// <summary>As hollance/BlazeFace-PyTorch does.</summary>
    public static BlazeFaceOptions Hollance { get; } = new() { MergedScore = MergedScore.Mean, Reduction = PictureReduction.Exact };

    /// <summary>The lowest score given out at all; the manifest's threshold is the default of what is asked for.</summary>
    public float ScoreFloor { get; init; } = 0.1f;

    /// <summary>How the score of merged candidates comes about.</summary>
    public MergedScore MergedScore { get; init; } = MergedScore.Highest;

    /// <summary>How pictures become the network's input.</summary>
    public PictureReduction Reduction { get; init; } = PictureReduction.Fast;
}

/// <summary>How pictures are made smaller.</summary>
public enum PictureReduction
{
    /// <summary>Decoded at reduced scale where that goes, then means over whole pixels.</summary>
    Fast,

    /// <summary>Means over exact areas of the full picture, as OpenCV's INTER_AREA.</summary>
    Exact,
}
