using FsCheck.Fluent;
using Semblance.Embedding;
using Semblance.Matching;
using Semblance.Models;
using Semblance.Tests.Support;

namespace Semblance.Tests.Matching;

public sealed class FaceMatcherTests
{
    private static readonly FaceMatcher Matcher = new(MatchingFaces.Model, MatchingFaces.Contract, MatchingFaces.Calibration);
    private static readonly FaceMatcher Uncalibrated = new(MatchingFaces.Model, MatchingFaces.Contract, null);

    [Fact]
    public void Defaults_are_one_in_ten_thousand_by_cosine() =>
        Assert.Equal(
            (1e-4, null, SimilarityMetric.Cosine),
            (MatchOptions.Default.FalseMatchRate, MatchOptions.Default.Threshold, MatchOptions.Default.Metric)
        );

    [Fact]
    public void Decision_by_the_default_rate_carries_threshold_rate_and_probability()
    {
        MatchDecision decision = Matcher.Decide(0.5);
        Assert.Equal(new MatchDecision(true, 0.5, 1, SimilarityMetric.Cosine, 0.4, 1e-4, 1 / (1 + Math.Exp(-4))), decision);
    }

    [Theory]
    [InlineData(0.4, true)]
    [InlineData(0.3999999, false)]
    public void Similarity_at_the_threshold_is_a_match(double similarity, bool match) =>
        Assert.Equal(match, Matcher.Decide(similarity).Match);

    [Fact]
    public void L2_gives_the_threshold_as_a_distance()
    {
        MatchDecision decision = Matcher.Decide(0.5, new() { Metric = SimilarityMetric.L2 });
        Assert.Equal(Math.Sqrt(2 - 2 * 0.4), decision.Threshold, 1e-12);
        Assert.Equal((true, 1e-4), (decision.Match, decision.FalseMatchRate));
    }

    [Theory]
    [InlineData(0.51, true)]
    [InlineData(0.5, true)]
    [InlineData(0.49, false)]
    public void Own_distance_is_the_largest_that_matches(double similarity, bool match)
    {
        MatchDecision decision = Matcher.Decide(similarity, new() { Metric = SimilarityMetric.L2, Threshold = 1 });
        Assert.Equal((match, 1.0, null), (decision.Match, decision.Threshold, decision.FalseMatchRate));
    }

    [Fact]
    public void Own_threshold_has_no_rate_but_a_probability()
    {
        MatchDecision decision = Matcher.Decide(0.3, new() { Threshold = 0.25 });
        Assert.True(decision.Match);
        Assert.Null(decision.FalseMatchRate);
        Assert.Equal(0.5, decision.Probability!.Value, 1e-12);
    }

    [Fact]
    public void Both_metrics_decide_alike_by_a_rate() =>
        SeededProperty.Check(Gen.Choose(-1000, 1000), thousandths =>
            Assert.Equal(
                Matcher.Decide(thousandths / 1000.0, new() { FalseMatchRate = 1e-3 }).Match,
                Matcher.Decide(thousandths / 1000.0, new() { FalseMatchRate = 1e-3, Metric = SimilarityMetric.L2 }).Match
            )
        );

    [Fact]
    public void Probability_rises_with_similarity() =>
        SeededProperty.Check(Gen.Choose(-1000, 999), thousandths =>
            Assert.True(Matcher.ProbabilityOf((thousandths + 1) / 1000.0) > Matcher.ProbabilityOf(thousandths / 1000.0))
        );

    [Fact]
    public void Compare_takes_the_cosine_of_both_faces()
    {
        (FaceEmbedding a, FaceEmbedding b) = MatchingFaces.Pair(0.6);
        MatchDecision decision = Matcher.Compare(a, b);
        Assert.Equal(0.6, decision.Similarity, 1e-6);
        Assert.Equal(Math.Sqrt(0.8), decision.Distance, 1e-6);
    }

    [Fact]
    public void Compare_refuses_faces_of_another_embedder_even_when_both_are_of_it()
    {
        FaceEmbedding other = MatchingFaces.Of([1, 0]) with { Contract = "other/1" };
        EmbeddingMismatchException error = Assert.Throws<EmbeddingMismatchException>(() => Matcher.Compare(other, other));
        Assert.Equal((MatchingFaces.Contract, "other/1"), (error.ContractB, error.ContractA));
    }

    [Fact]
    public void Rate_outside_the_calibration_is_refused() =>
        Assert.Equal(1e-4, Assert.Throws<UnsupportedRateException>(() => Matcher.Decide(0.9, new() { FalseMatchRate = 1e-6 })).Smallest);

    [Fact]
    public void Rate_without_a_calibration_is_refused_with_what_to_do()
    {
        ModelException error = Assert.Throws<ModelException>(() => Uncalibrated.Decide(0.9));
        ModelException early = Assert.Throws<ModelException>(() => Uncalibrated.Validate(MatchOptions.Default));
        foreach (ModelException one in (ModelException[])[error, early])
        {
            Assert.True(one.IsUncalibrated);
            Assert.Contains("is not calibrated", one.Message, StringComparison.Ordinal);
            Assert.Contains("calibrate it", one.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Own_threshold_needs_no_calibration_and_gives_no_probability()
    {
        MatchDecision decision = Uncalibrated.Decide(0.3, new() { Threshold = 0.25 });
        Assert.True(decision.Match);
        Assert.Null(decision.Probability);
        Assert.Null(Uncalibrated.Thresholds);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.0001)]
    [InlineData(-1.0001)]
    public void Similarity_that_is_no_cosine_is_refused(double similarity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Matcher.Decide(similarity));

    [Theory]
    [InlineData(SimilarityMetric.Cosine, double.NaN)]
    [InlineData(SimilarityMetric.Cosine, 1.5)]
    [InlineData(SimilarityMetric.L2, -0.1)]
    [InlineData(SimilarityMetric.L2, 2.1)]
    public void Own_threshold_outside_its_metric_is_refused(SimilarityMetric metric, double threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Matcher.Decide(0.5, new() { Metric = metric, Threshold = threshold }));

    [Fact]
    public void Vector_that_is_no_number_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Matcher.Compare(MatchingFaces.Of([float.NaN, 0]), MatchingFaces.Of([1, 0])));

    [Theory]
    [InlineData("isotonic", 1.0)]
    [InlineData("logistic", double.NaN)]
    public void Unknown_probability_model_is_refused(string kind, double slope) =>
        Assert.Throws<ModelException>(() =>
            new FaceMatcher(
                MatchingFaces.Model,
                MatchingFaces.Contract,
                MatchingFaces.Calibration with
                {
                    Probability = new(kind, slope, 0),
                }
            )
        );
}
