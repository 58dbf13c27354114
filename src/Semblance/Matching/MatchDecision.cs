namespace Semblance.Matching;

/// <summary>The outcome of one comparison.</summary>
/// <param name="Match">The answer is <see cref="Decision.Same"/>.</param>
/// <param name="Similarity">Cosine, -1 to 1.</param>
/// <param name="Distance">sqrt(2 - 2 cosine), 0 to 2.</param>
/// <param name="Metric">Which of the two is shown.</param>
/// <param name="Threshold">
/// The lowest score that counts as a match; without a cohort and for L2 the largest distance. Where the pictures do not allow an answer,
/// the one of the poorest quality that allows one.
/// </param>
/// <param name="FalseMatchRate">The rate that the threshold was measured for; null for an own threshold.</param>
/// <param name="Probability">Probability of one person at prior odds of one to one; null without a calibration.</param>
public sealed record MatchDecision(
    bool Match,
    double Similarity,
    double Distance,
    SimilarityMetric Metric,
    double Threshold,
    double? FalseMatchRate,
    double? Probability
)
{
    /// <summary>What the threshold is compared with: the similarity less the mean of both baselines; the similarity itself where the
    /// embedder has no cohort.</summary>
    public double Score { get; init; } = Similarity;

    /// <summary>The answer.</summary>
    public Decision Decision { get; init; } = Match ? Decision.Same : Decision.Different;

    /// <summary>The smallest embedding norm that allows an answer at the rate, where the poorer face has less; else null.</summary>
    public double? NormNeeded { get; init; }

    /// <summary>The similarity that strangers of these kinds would have to be told apart by, where one person's pictures seldom reach it;
    /// else null.</summary>
    public double? SimilarityNeeded { get; init; }
}
