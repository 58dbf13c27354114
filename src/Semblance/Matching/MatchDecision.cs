namespace Semblance.Matching;

/// <summary>The outcome of one comparison.</summary>
/// <param name="Match">Similarity at or above the threshold.</param>
/// <param name="Similarity">Cosine, -1 to 1.</param>
/// <param name="Distance">sqrt(2 - 2 cosine), 0 to 2.</param>
/// <param name="Metric">Which of the two the threshold is about.</param>
/// <param name="Threshold">The lowest similarity, or for L2 the largest distance, that counts as a match.</param>
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
);
