using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Tests.Calibration;

public sealed class ThresholdSearchTests
{
    private static readonly double[] Rates = [1e-1, 3e-2, 1e-2, 3e-3];
    private static readonly int[] Pictures = [0, 1];

    [Fact]
    public void Resampled_equals_measured_when_everyone_is_drawn_once()
    {
        PairSimilarities pairs = PairSimilarities.Compute(SyntheticFaces.People(40, seed: 3), [], TestContext.Current.CancellationToken);
        Assert.Equal(ThresholdSearch.Measured(pairs, Rates), ThresholdSearch.Resampled(pairs, Rates, [.. Enumerable.Repeat(1, 40)]));
    }

    [Fact]
    public void Resampled_equals_measured_when_everyone_is_drawn_once_and_pairs_are_relabelled()
    {
        // Twenty people under two names, and ten whose pictures show two people: enough to move the count that a rate allows.
        LabelledPair[] labels =
        [
            .. from p in Enumerable.Range(0, 20)
            from k in Pictures
            from l in Pictures
            select new LabelledPair($"p{p}/{k}.jpg", $"p{p + 20}/{l}.jpg", true),
            .. Enumerable.Range(0, 10).Select(p => new LabelledPair($"p{p}/0.jpg", $"p{p}/1.jpg", false)),
        ];
        PairSimilarities pairs = PairSimilarities.Compute(
            SyntheticFaces.People(40, seed: 3),
            labels,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(90, pairs.Relabelled.Count);
        Assert.Equal(ThresholdSearch.Measured(pairs, Rates), ThresholdSearch.Resampled(pairs, Rates, [.. Enumerable.Repeat(1, 40)]));
    }

    [Fact]
    public void Resampled_equals_a_set_without_those_who_were_not_drawn()
    {
        LabelledEmbedding[] set = SyntheticFaces.People(40, seed: 3);
        PairSimilarities all = PairSimilarities.Compute(set, [], TestContext.Current.CancellationToken);
        PairSimilarities half = PairSimilarities.Compute(set[..40], [], TestContext.Current.CancellationToken);
        int[] times = [.. Enumerable.Range(0, 40).Select(p => p < 20 ? 1 : 0)];
        Assert.Equal(ThresholdSearch.Measured(half, Rates[..2]), ThresholdSearch.Resampled(all, Rates[..2], times));
    }

    [Fact]
    public void Resampled_equals_a_set_with_copies_of_those_who_were_drawn_twice()
    {
        LabelledEmbedding[] set = SyntheticFaces.People(20, seed: 3);
        // A copy is compared with everyone but its original: they are one person.
        LabelledEmbedding[] copies = [.. set[..10].Select(face => face with { Image = "copy of " + face.Image })];
        PairSimilarities once = PairSimilarities.Compute(set, [], TestContext.Current.CancellationToken);
        PairSimilarities copied = PairSimilarities.Compute([.. set, .. copies], [], TestContext.Current.CancellationToken);
        int[] times = [.. Enumerable.Range(0, 20).Select(p => p < 5 ? 2 : 1)];
        Assert.Equal(ThresholdSearch.Measured(copied, Rates[..3]), ThresholdSearch.Resampled(once, Rates[..3], times));
    }
}
