using FsCheck;
using FsCheck.Fluent;
using Semblance.Evaluation.Verification;
using Semblance.Tests.Support;

namespace Semblance.Evaluation.Tests.Verification;

public sealed class VerificationPropertiesTests
{
    private const int Each = 30;
    private static readonly HashSet<string> NoneMissed = [];

    /// <summary>Similarities in steps of a sixteenth: ties are common, midpoints and halves exact; the first half are same pairs.</summary>
    private static readonly Gen<double[]> Similarities = Gen.Choose(-16, 16).Select(i => i / 16.0).ArrayOf(2 * Each);

    [Fact]
    public void Report_does_not_depend_on_the_order_of_pairs_with_folds() =>
        SeededProperty.Check(
            Similarities.SelectMany(s => Gen.Shuffle(Enumerable.Range(0, 2 * Each).ToArray()).Select(order => (s, order))),
            x =>
            {
                LabelledPair[] pairs = [.. Pairs().Select((pair, i) => pair with { Fold = i % 5 })];
                VerificationReport straight = Evaluate(pairs, x.s),
                    shuffled = Evaluate([.. x.order.Select(i => pairs[i])], x.s);
                Assert.Equal(straight.Accuracy, shuffled.Accuracy, 1e-12);
                Assert.Equal(straight.Threshold, shuffled.Threshold, 1e-12);
                Assert.Equal(straight.Auc, shuffled.Auc, 1e-12);
                Assert.Equal(straight.Eer, shuffled.Eer, 1e-12);
            }
        );

    [Fact]
    public void Only_the_order_of_similarities_matters_to_accuracy_and_curve() => SeededProperty.Check(Similarities, s =>
        {
            VerificationReport straight = Evaluate(Pairs(), s),
                stretched = Evaluate(Pairs(), [.. s.Select(x => x / 2 + 0.25)]);
            Assert.Equal(straight.Accuracy, stretched.Accuracy, 1e-12);
            Assert.Equal(straight.Auc, stretched.Auc, 1e-12);
            Assert.Equal(straight.TarAtFmr["1e-2"], stretched.TarAtFmr["1e-2"]);
        });

    [Fact]
    public void Auc_equals_the_count_over_all_pairs_of_pairs() => SeededProperty.Check(Similarities, s =>
        {
            double wins = 0;
            foreach (double same in s[..Each])
            foreach (double different in s[Each..])
                wins +=
                    same > different ? 1
                    : same == different ? 0.5
                    : 0;
            Assert.Equal(wins / (Each * Each), Roc(s).Auc(), 1e-12);
        });

    [Fact]
    public void Swapping_the_labels_and_the_sign_keeps_auc_and_equal_error_rate() => SeededProperty.Check(Similarities, s =>
        {
            double[] mirrored = [.. s[Each..].Concat(s[..Each]).Select(x => -x)];
            Assert.Equal(Roc(s).Auc(), Roc(mirrored).Auc(), 1e-12);
            Assert.Equal(Roc(s).EqualErrorRate(), Roc(mirrored).EqualErrorRate(), 1e-9);
        });

    [Fact]
    public void True_match_rate_rises_with_the_rate_and_equals_the_count_over_thresholds() => SeededProperty.Check(Similarities, s =>
        {
            RocCurve roc = Roc(s);
            double before = 0;
            foreach (double rate in new[] { 0, 0.03, 0.1, 0.3, 0.5, 1 })
            {
                double best =
                    s.Distinct()
                        .Where(t => s[Each..].Count(x => x >= t) <= rate * Each + 1e-9)
                        .Select(t => s[..Each].Count(x => x >= t))
                        .DefaultIfEmpty(0)
                        .Max() / (double)Each;
                Assert.Equal(best, roc.TrueMatchRateAt(rate), 1e-12);
                Assert.True(best >= before);
                before = best;
            }
        });

    private static RocCurve Roc(double[] s) => new(s.Select((x, i) => ((double?)x, i < Each)));

    private static VerificationReport Evaluate(LabelledPair[] pairs, double[] s) =>
        VerificationProtocol.Evaluate(pairs, pair => s[int.Parse(pair.ImageA)], NoneMissed);

    private static LabelledPair[] Pairs() => [.. Enumerable.Range(0, 2 * Each).Select(i => new LabelledPair($"{i}", $"x{i}", i < Each))];
}
