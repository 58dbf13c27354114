using Semblance.Evaluation.Comparisons;

namespace Semblance.Evaluation.Tests.Comparisons;

public sealed class ErrorCurveTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Same: .9 .8 .4 .3; different: .5 .4 .2 .1.</summary>
    private static readonly PairListSet Small = List([0.9, 0.8, 0.4, 0.3], [0.5, 0.4, 0.2, 0.1]);

    [Fact]
    public void Area_counts_ties_as_half()
    {
        // .9 and .8 beat all four; .4 beats .2 and .1 and ties with .4; .3 beats two: 4 + 4 + 2.5 + 2 of 16.
        Assert.Equal(12.5 / 16, ErrorCurve.AreaUnderRoc(Small), 9);
    }

    [Fact]
    public void Equal_error_rate_lies_where_both_cross()
    {
        // At .5: FMR 1/4, FNMR 2/4; at .4: FMR 2/4, FNMR 1/4: both lines meet at 3/8.
        Assert.Equal(0.375, ErrorCurve.EqualErrorRate(Small), 9);
    }

    [Fact]
    public void Curve_falls_in_one_error_and_rises_in_the_other()
    {
        IReadOnlyList<CurvePoint> curve = ErrorCurve.Of(AllPairsSet.Compare(PlaneFaces.Random(120, 3, seed: 1), cancellationToken: Stop));
        Assert.True(curve.Count > 20);
        Assert.Equal(curve.Select(p => p.Fmr).Order(), curve.Select(p => p.Fmr));
        Assert.Equal(curve.Select(p => p.Fnmr).OrderDescending(), curve.Select(p => p.Fnmr));
        Assert.Equal(1, curve[^1].Fmr, 9);
    }

    [Fact]
    public void Scores_that_are_all_equal_tell_nothing_apart()
    {
        PairListSet equal = List([0.5, 0.5], [0.5, 0.5, 0.5]);
        Assert.Equal(0.5, ErrorCurve.AreaUnderRoc(equal), 9);
        Assert.Equal(0.5, ErrorCurve.EqualErrorRate(equal), 9);
        Assert.Equal(new CurvePoint(0.5, 1, 0), Assert.Single(ErrorCurve.Of(equal)));
    }

    [Fact]
    public void Comparisons_of_one_kind_are_refused()
    {
        Assert.Throws<EvaluationException>(() => ErrorCurve.Of(List([0.5], [])));
        Assert.Throws<EvaluationException>(() => TrueMatchRates.Measure(List([], [0.5]), 10, 1, cancellationToken: Stop));
    }

    [Fact]
    public void True_match_rates_are_those_above_the_strangers_that_a_rate_allows()
    {
        // At 1e-1 of twenty strangers two may be accepted: .69 is the first too many.
        PairListSet set = List([0.95, 0.75, 0.69, 0.2], [.. Enumerable.Range(0, 20).Select(i => 0.71 - i * 0.01)]);
        TrueMatchRate rate = TrueMatchRates.Measure(set, draws: 200, seed: 1, cancellationToken: Stop).Single();
        Assert.Equal(1e-1, rate.Fmr);
        Assert.Equal(0.5, rate.Tar, 9);
        Assert.InRange(rate.Threshold, 0.69, 0.70);
        Assert.False(rate.Supported);
        Assert.True(rate.Low <= 0.5 && rate.High >= 0.5 && rate.Low < rate.High);
    }

    private static PairListSet List(double[] same, double[] different)
    {
        List<string> people = [];
        List<(int, int, double, bool)> pairs = [];
        foreach (double score in same)
        {
            people.AddRange([$"s{people.Count}", $"s{people.Count}"]);
            pairs.Add((people.Count - 2, people.Count - 1, score, true));
        }
        foreach (double score in different)
        {
            people.AddRange([$"a{people.Count}", $"b{people.Count}"]);
            pairs.Add((people.Count - 2, people.Count - 1, score, false));
        }
        return PairListSet.Of([.. people.Select((_, i) => $"{i}")], people, pairs);
    }
}
