namespace Semblance.Detection.Scrfd;

/// <summary>How SCRFD looks at a picture and which candidates become faces.</summary>
public sealed record ScrfdOptions
{
    /// <summary>The longer side of the official code.</summary>
    public const int OfficialLongestSide = 640;

    /// <summary>The settings of the official code.</summary>
    public static ScrfdOptions Default { get; } = new();

    /// <summary>The longer side at which networks of any size see a picture, smaller ones enlarged. Does not apply when a smallest face is
    /// asked for.</summary>
    public int LongestSide { get; init; } = OfficialLongestSide;

    /// <summary>The lowest score given out at all; the manifest's threshold is the default of what is asked for.</summary>
    public float ScoreFloor { get; init; } = 0.02f;

    /// <summary>At most so many of the best candidates go into suppression.</summary>
    public int CandidateLimit { get; init; } = 10_000;

    /// <summary>At most so many faces come out.</summary>
    public int FaceLimit { get; init; } = 1000;
}
