using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Tests.Statistics;

public sealed class LogisticFitTests
{
    [Fact]
    public void Fit_recovers_the_odds_of_two_normal_distributions()
    {
        // Equal spread s: ln odds = (m1 - m0) / s^2 x - (m1^2 - m0^2) / (2 s^2).
        const double Mated = 0.6,
            NonMated = 0.05,
            Spread = 0.15;
        float[] positives = Normal(Mated, Spread, 40_000, seed: 1),
            negatives = Normal(NonMated, Spread, 200_000, seed: 2);
        (double a, double b) = LogisticFit.Fit(positives, negatives);
        double slope = (Mated - NonMated) / (Spread * Spread),
            intercept = -(Mated * Mated - NonMated * NonMated) / (2 * Spread * Spread);
        Assert.Equal(1, a / slope, 0.03);
        Assert.Equal(1, b / intercept, 0.03);
    }

    [Fact]
    public void Fit_weighs_both_classes_alike_when_one_is_a_thousand_times_larger()
    {
        float[] positives = [0.2f, 0.8f],
            negatives = [.. Enumerable.Repeat(new[] { 0.2f, -0.4f }, 1_000).SelectMany(x => x)];
        (double a, double b) = LogisticFit.Fit(positives, negatives);
        // The classes mirror one another around 0.2, so the odds are even there.
        Assert.Equal(0.5, 1 / (1 + Math.Exp(-(a * 0.2 + b))), 1e-6);
    }

    [Fact]
    public void Fit_makes_the_gradient_vanish()
    {
        float[] positives = Normal(0.5, 0.2, 500, seed: 3),
            negatives = Normal(0.1, 0.1, 3_000, seed: 4);
        (double a, double b) = LogisticFit.Fit(positives, negatives);
        double P(double x) => 1 / (1 + Math.Exp(-(a * x + b)));
        Assert.Equal(0, positives.Average(x => 1 - P(x)) - negatives.Average(x => P(x)), 1e-9);
    }

    [Fact]
    public void Fit_stays_finite_and_splits_in_the_middle_when_the_classes_do_not_overlap()
    {
        (double a, double b) = LogisticFit.Fit([0.8f, 0.9f, 0.6f], [0.1f, 0.2f, 0.0f]);
        Assert.InRange(a, 10, 1_000);
        Assert.Equal(0.4, -b / a, 0.01);
    }

    [Fact]
    public void Fit_slopes_downwards_when_the_labels_are_swapped()
    {
        float[] high = Normal(0.5, 0.2, 500, seed: 5),
            low = Normal(0.1, 0.2, 500, seed: 6);
        (double a, double b) = LogisticFit.Fit(high, low);
        (double swappedA, double swappedB) = LogisticFit.Fit(low, high);
        Assert.Equal(-a, swappedA, 1e-6);
        Assert.Equal(-b, swappedB, 1e-6);
    }

    [Fact]
    public void Fit_refuses_an_empty_class() => Assert.Throws<ArgumentException>(() => LogisticFit.Fit([], [0.5f]));

    private static float[] Normal(double mean, double spread, int count, int seed)
    {
        Random random = new(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    (float)(mean + spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))
                ),
        ];
    }
}
