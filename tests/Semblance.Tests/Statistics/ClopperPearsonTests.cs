using Semblance.Statistics;

namespace Semblance.Tests.Statistics;

public sealed class ClopperPearsonTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(1_000)]
    [InlineData(1_118_628)]
    [InlineData(4_640_000_000)]
    public void Upper_is_the_closed_form_without_an_event(long trials)
    {
        // 1 - 0.05^(1/n), written so that no digits are lost: -expm1(ln 0.05 / n) by its series.
        double exact = -ExpM1(Math.Log(0.05) / trials);
        Assert.Equal(1, ClopperPearson.Upper(0, trials) / exact, 1e-11);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(1_000_000)]
    public void Lower_is_the_closed_form_when_every_trial_is_an_event(long trials)
    {
        Assert.Equal(Math.Pow(0.05, 1.0 / trials), ClopperPearson.Lower(trials, trials), 1e-12);
        Assert.Equal(1, ClopperPearson.Upper(trials, trials));
    }

    [Fact]
    public void Lower_is_zero_without_an_event() => Assert.Equal(0, ClopperPearson.Lower(0, 10));

    [Fact]
    public void Upper_solves_the_quadratic_of_two_trials()
    {
        // P(at most 1 of 2) = 1 - p^2 = 0.05.
        Assert.Equal(Math.Sqrt(0.95), ClopperPearson.Upper(1, 2), 1e-14);
        // P(at least 1 of 2) = 1 - (1 - p)^2 = 0.05.
        Assert.Equal(1 - Math.Sqrt(0.95), ClopperPearson.Lower(1, 2), 1e-14);
    }

    [Theory]
    [InlineData(3, 20)]
    [InlineData(10, 100)]
    [InlineData(17, 300)]
    public void Upper_leaves_five_percent_of_the_binomial_sum(int events, int trials)
    {
        double rate = ClopperPearson.Upper(events, trials),
            term = Math.Pow(1 - rate, trials),
            sum = term;
        for (int k = 0; k < events; k++)
        {
            term *= (trials - k) / (k + 1.0) * rate / (1 - rate);
            sum += term;
        }
        Assert.Equal(0.05, sum, 1e-12);
    }

    [Theory]
    // The bound of a Poisson count: half the 95 % quantile of chi-square with 2 (k + 1) degrees of freedom, worked out with 30 digits.
    [InlineData(1, 4.74386451839057838)]
    [InlineData(10, 16.9622192357219015)]
    public void Upper_nears_the_bound_of_a_poisson_count_at_many_trials(long events, double poisson)
    {
        const long Trials = 10_000_000_000;
        Assert.Equal(1, ClopperPearson.Upper(events, Trials) * Trials / poisson, 1e-8);
    }

    [Fact]
    public void Interval_puts_half_of_the_rest_on_each_side()
    {
        (double lower, double upper) = ClopperPearson.Interval(1, 2);
        Assert.Equal(1 - Math.Sqrt(0.975), lower, 1e-14);
        Assert.Equal(Math.Sqrt(0.975), upper, 1e-14);
    }

    [Theory]
    [InlineData(1_000_000, 1e-4)]
    [InlineData(1_118_628, 1e-5)]
    [InlineData(5_000, 1e-2)]
    public void Largest_count_is_the_last_whose_bound_keeps_the_rate(long trials, double rate)
    {
        long count = ClopperPearson.LargestCount(trials, rate);
        Assert.True(ClopperPearson.Upper(count, trials) <= rate);
        Assert.True(ClopperPearson.Upper(count + 1, trials) > rate);
    }

    [Fact]
    public void Largest_count_follows_the_rule_of_three()
    {
        Assert.Equal(0, ClopperPearson.LargestCount(3_000, 1e-3));
        Assert.Equal(-1, ClopperPearson.LargestCount(2_900, 1e-3));
    }

    [Fact]
    public void Bounds_rise_with_the_count()
    {
        double[] upper = [.. Enumerable.Range(0, 51).Select(k => ClopperPearson.Upper(k, 50))];
        Assert.Equal(upper.Order(), upper);
        Assert.Equal(51, upper.Distinct().Count());
    }

    [Theory]
    [InlineData(0, 0, 0.95)]
    [InlineData(-1, 5, 0.95)]
    [InlineData(6, 5, 0.95)]
    [InlineData(1, 5, 1.0)]
    [InlineData(1, 5, double.NaN)]
    public void Upper_refuses_counts_and_confidences_that_make_no_sense(long events, long trials, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Upper(events, trials, confidence));

    private static double ExpM1(double x)
    {
        if (Math.Abs(x) > 0.5)
            return Math.Exp(x) - 1;
        double term = x,
            sum = x;
        for (int k = 2; k < 40; k++)
            sum += term *= x / k;
        return sum;
    }
}
