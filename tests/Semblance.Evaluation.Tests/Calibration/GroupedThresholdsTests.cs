using Semblance.Embedding;
using Semblance.Evaluation.Calibration;

namespace Semblance.Evaluation.Tests.Calibration;

/// <summary>Pairs with made-up scores, of two kinds and two conditions.</summary>
public sealed class GroupedThresholdsTests
{
    private const int Pairs = 10_000;

    private static readonly double[] OneRate = [1e-2];

    [Fact]
    public void Threshold_is_that_of_the_bound_where_all_groups_are_alike()
    {
        double threshold = Of(pair => pair % 2, _ => 0)[0];
        // Of 10,000 evenly spread scores a hundredth lies above .99, and the upper bound of the rate asks for a little less.
        Assert.InRange(threshold, 0.9900, 0.9925);
    }

    [Theory]
    [InlineData("few", "")]
    [InlineData("many", "mask")]
    public void Group_or_condition_that_is_mistaken_more_often_raises_the_threshold(string kind, string condition)
    {
        // Every tenth pair has scores that are higher by .3: a fortieth of those, two and a half times the rate, lies above .3 + .975.
        double threshold = Of(
            pair => IsTenth(pair) && kind == "few" ? 1 : 0,
            pair => IsTenth(pair) ? 0.3f : 0,
            pair => IsTenth(pair) ? condition : ""
        )[0];
        Assert.InRange(threshold, 1.27, 1.29);

        static bool IsTenth(int pair) => pair % 10 == 0;
    }

    [Fact]
    public void Group_of_too_few_pairs_is_not_listened_to()
    {
        double threshold = Of(pair => pair % 100 == 0 ? 1 : 0, pair => pair % 100 == 0 ? 0.3f : 0)[0];
        Assert.InRange(threshold, 0.99, 1.02);
    }

    [Fact]
    public void Rate_that_the_named_pairs_do_not_support_has_no_threshold()
    {
        double[] thresholds = Of(_ => 0, _ => 0, named: pair => pair < 1000, rates: [1e-2, 1e-3]);
        Assert.False(double.IsNaN(thresholds[0]));
        Assert.True(double.IsNaN(thresholds[1]));
    }

    [Fact]
    public void Weights_count_pairs_as_often()
    {
        (GroupedThresholds groups, AlikePairs.Pair[] falling) = Make(_ => 0, _ => 0, _ => "", _ => false);
        double[] all = groups.Of(falling, OneRate),
            top = groups.Of(falling, OneRate, pair => pair.Score > 0.5f ? 1 : 0);
        Assert.True(top[0] > all[0]);
    }

    private static double[] Of(
        Func<int, int> kind,
        Func<int, float> more,
        Func<int, string>? condition = null,
        Func<int, bool>? named = null,
        double[]? rates = null
    )
    {
        (GroupedThresholds groups, AlikePairs.Pair[] falling) = Make(kind, more, condition ?? (_ => ""), named ?? (_ => false));
        return groups.Of(falling, rates ?? OneRate);
    }

    private static (GroupedThresholds Groups, AlikePairs.Pair[] Falling) Make(
        Func<int, int> kind,
        Func<int, float> more,
        Func<int, string> condition,
        Func<int, bool> named
    )
    {
        FaceEmbedding embedding = new(new float[] { 1, 0 }, 3, "made-up", "made-up/1");
        CalibrationFace[] faces =
        [
            .. from pair in Enumerable.Range(0, Pairs)
            from side in "ab"
            select new CalibrationFace(
                $"{pair}{side}",
                named(pair) ? $"{pair}{side}" : null,
                kind(pair) == 0 ? "many" : "few",
                condition(pair),
                embedding
            ),
        ];
        AlikePairs.Pair[] falling =
        [
            .. Enumerable
                .Range(0, Pairs)
                .Select(pair => new AlikePairs.Pair((float)((pair * 7919 % Pairs) / (double)Pairs) + more(pair), 3, 2 * pair, 2 * pair + 1))
                .OrderByDescending(pair => pair.Score),
        ];
        return (new(faces), falling);
    }
}
