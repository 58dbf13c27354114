namespace Semblance.Quality;

/// <summary>How usable a face is for recognition.</summary>
/// <param name="Score">0 (useless) to 1 (as good as it gets); how it is made: <see cref="FaceQualityAssessor"/>.</param>
/// <param name="Reasons">What lowers the score, in words; empty when nothing does.</param>
public sealed record FaceQuality(double Score, IReadOnlyList<string> Reasons)
{
    /// <summary>What the score is made of.</summary>
    public IReadOnlyList<QualityComponent> Components { get; init; } = [];
}
