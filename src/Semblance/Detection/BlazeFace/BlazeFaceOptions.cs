namespace Semblance.Detection.BlazeFace;

/// <summary>How BlazeFace's candidates become faces.</summary>
public sealed record BlazeFaceOptions
{
    /// <summary>As MediaPipe does.</summary>
    public static BlazeFaceOptions Default { get; } = new();

    /// <summary>The lowest score given out at all; the manifest's threshold is the default of what is asked for.</summary>
    public float ScoreFloor { get; init; } = 0.1f;

    /// <summary>How the score of merged candidates comes about.</summary>
    public MergedScore MergedScore { get; init; } = MergedScore.Highest;
}
