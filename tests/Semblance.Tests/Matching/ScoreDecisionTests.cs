using Semblance.Embedding;
using Semblance.Matching;
using Semblance.Models;

namespace Semblance.Tests.Matching;

public sealed class ScoreDecisionTests
{
    /// <summary>Strangers along the first axis: whoever looks like them has a high baseline.</summary>
    private static readonly EmbeddingCohort Cohort = new([1, 0], dimension: 2, neighbours: 1);

    private static readonly ModelCalibration Calibration = MatchingFaces.Calibration with
    {
        Strangers = "alike in age",
        UsualSimilarity = 0.8,
        ByNorm =
        [
            new(
                2,
                [
                    [1e-2, 0.4],
                    [1e-3, 0.6],
                ],
                new("logistic", 20, -12)
            ),
            new(4, MatchingFaces.Calibration.Fmr, MatchingFaces.Calibration.Probability),
        ],
    };

    private static readonly FaceMatcher Matcher = new(MatchingFaces.Model, MatchingFaces.Contract, Calibration, Cohort);

    [Fact]
    public void Score_is_the_similarity_less_the_mean_of_both_baselines()
    {
        (FaceEmbedding a, FaceEmbedding b) = MatchingFaces.Pair(0.6);
        MatchDecision decision = Matcher.Compare(a with { Norm = 5 }, b with { Norm = 5 }, new() { FalseMatchRate = 1e-2 });
        // Baselines 1 and 0.6.
        Assert.Equal(0.6, decision.Similarity, 1e-6);
        Assert.Equal(-0.2, decision.Score, 1e-6);
    }

    [Fact]
    public void Baseline_that_a_face_brings_is_not_measured_again() =>
        Assert.Equal(0.25, Matcher.BaselineOf(MatchingFaces.Of([1, 0]) with { Baseline = 0.25f }), 1e-6);

    [Fact]
    public void Norms_reach_as_far_beyond_the_measured_ones_as_these_lie_apart()
    {
        Assert.Equal(new NormScale(0, 6), Matcher.Norms);
        Assert.Null(new FaceMatcher(MatchingFaces.Model, MatchingFaces.Contract, MatchingFaces.Calibration).Norms);
        Assert.Null(new FaceMatcher(MatchingFaces.Model, MatchingFaces.Contract, null).Norms);
    }

    [Theory]
    [InlineData(5.0, 1e-2, 0.2)]
    [InlineData(4.0, 1e-2, 0.2)]
    [InlineData(3.0, 1e-2, 0.3)]
    [InlineData(2.0, 1e-2, 0.4)]
    [InlineData(3.0, 1e-3, 0.45)]
    public void Threshold_follows_the_smaller_norm(double norm, double rate, double expected) =>
        Assert.Equal(expected, Matcher.ThresholdFor(rate, norm)!.Value, 1e-9);

    [Theory]
    [InlineData(1.9, 1e-2, 2.0)]
    [InlineData(3.9, 1e-4, 4.0)]
    public void Nothing_can_be_told_where_no_threshold_keeps_the_rate(double norm, double rate, double needed)
    {
        MatchDecision decision = Matcher.Decide(new FaceComparison(1, 1, norm), new() { FalseMatchRate = rate });
        Assert.Equal((Decision.CannotTell, false, (double?)needed), (decision.Decision, decision.Match, decision.NormNeeded));
    }

    [Theory]
    // Baselines of 0.7: a match needs 0.9, which one person's pictures seldom reach.
    [InlineData(0.75, 0.05, Decision.CannotTell)]
    // One that does reach it is one all the same.
    [InlineData(0.95, 0.25, Decision.Same)]
    // Baselines of 0.1: a match needs 0.3.
    [InlineData(0.2, 0.1, Decision.Different)]
    public void No_is_said_only_where_one_persons_pictures_would_be_more_alike(double similarity, double score, Decision expected)
    {
        MatchDecision decision = Matcher.Decide(new FaceComparison(similarity, score, 5), new() { FalseMatchRate = 1e-2 });
        Assert.Equal(expected, decision.Decision);
        double? needed = expected == Decision.CannotTell ? 0.9 : null,
            given = decision.SimilarityNeeded is { } n ? Math.Round(n, 9) : null;
        Assert.Equal(needed, given);
    }

    [Fact]
    public void Distances_are_shown_and_scores_decide()
    {
        MatchDecision decision = Matcher.Decide(
            new FaceComparison(0.5, 0.25, 5),
            new() { FalseMatchRate = 1e-2, Metric = SimilarityMetric.L2 }
        );
        Assert.Equal((true, 1.0, 0.2), (decision.Match, decision.Distance, decision.Threshold));
    }

    [Fact]
    public void Own_threshold_is_one_of_scores_and_always_answered()
    {
        MatchDecision decision = Matcher.Decide(new FaceComparison(0.5, 0.1, 0.5), new() { Threshold = 0.2 });
        Assert.Equal((Decision.Different, 0.2, null), (decision.Decision, decision.Threshold, decision.FalseMatchRate));
    }

    [Fact]
    public void Similarity_alone_decides_nothing_where_there_is_a_cohort() =>
        Assert.Throws<InvalidOperationException>(() => Matcher.Decide(0.9));

    [Fact]
    public void Strangers_of_the_calibration_are_named() => Assert.Equal("strangers alike in age: made up", Matcher.CalibratedOn);

    [Fact]
    public void Norms_that_do_not_rise_are_refused() =>
        Assert.Throws<ModelException>(() =>
            new FaceMatcher(
                MatchingFaces.Model,
                MatchingFaces.Contract,
                Calibration with
                {
                    ByNorm = [Calibration.ByNorm![1], Calibration.ByNorm![0]],
                },
                Cohort
            )
        );
}
