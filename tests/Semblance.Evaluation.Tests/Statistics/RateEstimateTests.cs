using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Tests.Statistics;

public sealed class RateEstimateTests
{
    [Fact]
    public void Wilson_interval_is_that_of_the_formula_worked_by_hand()
    {
        // 8 of 10: centre (0.8 + 3.8415/20) / (1 + 3.8415/10), half width 1.96 sqrt(0.016 + 3.8415/400) / 1.38415.
        (double low, double high) = WilsonInterval.Of(8, 10);
        Assert.Equal(0.4902, low, 4);
        Assert.Equal(0.9433, high, 4);
    }

    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    public void Wilson_interval_stays_inside_0_and_1_at_the_ends(long events, long trials, double low, double high)
    {
        (double Low, double High) interval = WilsonInterval.Of(events, trials);
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Theory]
    [InlineData(1, 0.95)]
    [InlineData(100, 0.029513)]
    [InlineData(1_000_000_000, 2.9957e-9)]
    public void Bound_without_an_event_is_about_three_by_the_trials(long trials, double bound) =>
        Assert.Equal(1, RuleOfThree.UpperBound(trials) / bound, 4);

    [Theory]
    [InlineData(0.1, 30)]
    [InlineData(1e-4, 30_000)]
    [InlineData(1e-6, 3_000_000)]
    public void Rates_need_three_by_the_rate_trials(double rate, long trials) => Assert.Equal(trials, RuleOfThree.TrialsFor(rate));

    [Fact]
    public void Rate_without_an_event_is_a_bound_and_never_a_zero()
    {
        RateEstimate rate = RateEstimate.Resampled(0, 1000, 0, 0);
        Assert.True(rate.IsBound);
        Assert.Equal("below 0.30 %", rate.ToString());
        Assert.Equal(rate.High, rate.RateOrBound);
        Assert.Equal("not measured", RateEstimate.Independent(0, 0).ToString());
    }

    [Theory]
    [InlineData(0.4567, "45.7 %")]
    [InlineData(0.0123, "1.23 %")]
    [InlineData(0.00034, "3.4e-4")]
    public void Rates_are_written_as_people_read_them(double rate, string text) => Assert.Equal(text, RateEstimate.Text(rate));
}
