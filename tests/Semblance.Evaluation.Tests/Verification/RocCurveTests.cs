using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Tests.Verification;

public sealed class RocCurveTests
{
    [Fact]
    public void Auc_is_the_chance_that_a_same_pair_is_more_similar_with_ties_counting_half()
    {
        RocCurve roc = new([(0.9, true), (0.5, true), (0.5, false), (0.1, false)]);
        // Four comparisons: 0.9 beats both, 0.5 ties with 0.5 and beats 0.1.
        Assert.Equal(3.5 / 4, roc.Auc(), 1e-12);
    }

    [Fact]
    public void Missed_pairs_are_less_similar_than_all_others() =>
        Assert.Equal(0.5, new RocCurve([(null, true), (0.9, true), (0.2, false)]).Auc(), 1e-12);

    [Fact]
    public void True_match_rate_stays_within_the_false_match_rate()
    {
        RocCurve roc = new([(0.9, true), (0.8, false), (0.7, true), (0.6, true), (0.5, false), (0.4, true)]);
        Assert.Equal(0.25, roc.TrueMatchRateAt(0.49));
        Assert.Equal(0.75, roc.TrueMatchRateAt(0.5));
        Assert.Equal(1, roc.TrueMatchRateAt(1));
    }

    [Fact]
    public void Equal_error_rate_of_overlapping_classes_lies_where_the_errors_meet() =>
        Assert.Equal(0.5, new RocCurve([(0.9, true), (0.8, false), (0.7, true), (0.6, false)]).EqualErrorRate(), 1e-12);

    [Fact]
    public void Equal_error_rate_of_separated_classes_is_zero() =>
        Assert.Equal(0, new RocCurve([(0.9, true), (0.8, true), (0.1, false)]).EqualErrorRate(), 1e-12);

    [Fact]
    public void True_match_rate_loses_no_pair_to_the_rounding_of_a_product()
    {
        // 0.01 * 2900 is 28.999999999999996: the 29 false matches that a rate of 0.01 allows.
        IEnumerable<(double?, bool)> different = Enumerable.Range(0, 2900).Select(i => ((double?)(i < 29 ? 0.9 : 0.1), false));
        Assert.Equal(1, new RocCurve([.. different, (0.8, true)]).TrueMatchRateAt(0.01));
    }

    [Fact]
    public void Equal_error_rate_is_read_off_between_two_thresholds()
    {
        // Errors (false match, false non-match): (0, 1/2) then (1/2, 0), which are equal halfway.
        Assert.Equal(0.25, new RocCurve([(0.9, true), (0.5, true), (0.5, false), (0.1, false)]).EqualErrorRate(), 1e-12);
    }
}
