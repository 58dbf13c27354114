using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Tests.Verification;

public sealed class VerificationProtocolTests
{
    private static readonly HashSet<string> NoneMissed = [];

    [Fact]
    public void Separated_pairs_are_all_right()
    {
        VerificationReport report = Evaluate(100, pair => pair.Same ? 0.7 : 0.1);
        Assert.Equal(1, report.Accuracy);
        Assert.Equal(0, report.AccuracyStd);
        Assert.InRange(report.Threshold, 0.1, 0.7);
        Assert.Equal(1, report.Auc);
    }

    [Fact]
    public void A_pair_with_a_missed_picture_counts_as_wrong()
    {
        VerificationReport report = VerificationProtocol.Evaluate(
            Pairs(100),
            pair =>
                pair.ImageA == "s0" ? null
                : pair.Same ? 0.7
                : 0.1,
            new HashSet<string> { "s0" }
        );
        Assert.Equal(1 - 1.0 / 200, report.Accuracy, 1e-12);
        Assert.Equal(1, report.Missed);
        Assert.Equal(0.99, report.TarAtFmr["1e-2"], 1e-12);
    }

    [Fact]
    public void Threshold_of_a_fold_comes_from_the_other_folds()
    {
        // Fold 0 has its classes the other way round; a threshold that had seen it would not sit between 0.1 and 0.7.
        VerificationReport report = Evaluate(100, pair => Number(pair) < 10 ? (pair.Same ? 0.1 : 0.7)
            : pair.Same ? 0.7
            : 0.1);
        Assert.Equal(0.9, report.Accuracy, 1e-12);
    }

    [Fact]
    public void Folds_of_the_file_are_used_when_it_has_them()
    {
        LabelledPair[] pairs = [.. Pairs(4).Select((pair, i) => pair with { Fold = i % 2 })];
        VerificationReport report = VerificationProtocol.Evaluate(pairs, pair => pair.Same ? 0.7 : 0.1, NoneMissed);
        Assert.Equal(1, report.Accuracy);
    }

    [Fact]
    public void Rates_below_one_in_a_thousand_that_cannot_be_observed_are_left_out() =>
        Assert.Equal(["1e-2", "1e-3"], Evaluate(100, pair => pair.Same ? 0.7 : 0.1).TarAtFmr.Keys);

    [Fact]
    public void Folds_are_blocks_of_each_kind_in_the_order_of_the_file()
    {
        // Everything in the fourth block of both kinds is the wrong way round: only a fold made of just these pairs is wholly wrong.
        VerificationReport report = Evaluate(100, pair => Number(pair) / 10 == 3 == pair.Same ? 0.1 : 0.7);
        Assert.Equal(0.9, report.Accuracy, 1e-12);
        Assert.Equal(0.3, report.AccuracyStd, 1e-12);
    }

    [Fact]
    public void Threshold_lies_midway_between_the_nearest_pairs_of_both_kinds() =>
        Assert.Equal(0.4, Evaluate(100, pair => pair.Same ? 0.7 : 0.1).Threshold, 1e-12);

    [Fact]
    public void Pairs_of_one_kind_are_refused() =>
        Assert.Throws<EvaluationException>(() =>
            VerificationProtocol.Evaluate([.. Pairs(20).Where(pair => pair.Same)], _ => 0.5, NoneMissed)
        );

    [Fact]
    public void A_single_fold_is_refused() =>
        Assert.Throws<EvaluationException>(() =>
            VerificationProtocol.Evaluate([.. Pairs(20).Select(pair => pair with { Fold = 7 })], _ => 0.5, NoneMissed)
        );

    private static VerificationReport Evaluate(int each, Func<LabelledPair, double?> similarity) =>
        VerificationProtocol.Evaluate(Pairs(each), similarity, NoneMissed);

    private static int Number(LabelledPair pair) => int.Parse(pair.ImageA[1..]);

    private static LabelledPair[] Pairs(int each) =>
        [
            .. Enumerable.Range(0, each).Select(i => new LabelledPair($"s{i}", $"S{i}", true)),
            .. Enumerable.Range(0, each).Select(i => new LabelledPair($"d{i}", $"D{i}", false)),
        ];
}
