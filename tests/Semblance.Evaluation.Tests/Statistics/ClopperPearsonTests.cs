using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Tests.Statistics;

public sealed class ClopperPearsonTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(1_119_247)]
    public void Upper_bound_of_no_event_has_its_closed_form(long trials) =>
        Assert.Equal(1 - Math.Pow(0.05, 1.0 / trials), ClopperPearson.Upper(0, trials), 1e-9);

    [Theory]
    [InlineData(5)]
    [InlineData(400)]
    public void Lower_bound_of_all_events_has_its_closed_form(long trials) =>
        Assert.Equal(Math.Pow(0.05, 1.0 / trials), ClopperPearson.Lower(trials, trials), 1e-9);

    [Fact]
    public void Upper_bound_solves_the_binomial_equation()
    {
        // P(at most 2 of 20) at the bound, summed by hand, must be 5 %.
        double p = ClopperPearson.Upper(2, 20);
        double below = Enumerable.Range(0, 3).Sum(k => Choose(20, k) * Math.Pow(p, k) * Math.Pow(1 - p, 20 - k));
        Assert.Equal(0.05, below, 1e-9);
    }

    [Theory]
    [InlineData(1_119_247, 1e-4)]
    [InlineData(5000, 1e-2)]
    [InlineData(300, 1e-2)]
    public void Largest_count_is_the_last_whose_bound_keeps_the_rate(long trials, double rate)
    {
        long count = ClopperPearson.LargestCount(trials, rate);
        Assert.True(ClopperPearson.Upper(count, trials) <= rate);
        Assert.True(ClopperPearson.Upper(count + 1, trials) > rate);
    }

    [Fact]
    public void Rule_of_three_says_from_how_many_trials_a_rate_can_be_supported()
    {
        Assert.Equal(-1, ClopperPearson.LargestCount(298, 1e-2));
        Assert.Equal(0, ClopperPearson.LargestCount(300, 1e-2));
    }

    private static double Choose(int n, int k) => k == 0 ? 1 : Choose(n, k - 1) * (n - k + 1) / k;
}
