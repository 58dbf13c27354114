using Semblance.Attributes;
using Semblance.Models;

namespace Semblance.Tests.Attributes;

public sealed class AgeReaderTests
{
    [Fact]
    public void An_even_distribution_gives_its_middle_and_the_inner_four_fifths()
    {
        float[] even = [.. Enumerable.Repeat(0.1f, 10)];
        AgeEstimate age = new AgeReader().Read(even, new()).Age!.Value!;
        Assert.Equal(4.5, age.Years, 6);
        // From -0.5 to 9.5: 10 % lie below 0.5, 90 % below 8.5.
        Assert.Equal([0.5, 8.5], age.Interval80);
    }

    [Fact]
    public void The_interval_is_drawn_by_the_factors_of_the_estimated_age()
    {
        float[] even = [.. Enumerable.Repeat(0.1f, 10)];
        // 4.5 lies in the middle of 3 and 6: factors 0.5 below and 1.5 above the mean.
        AgeIntervalScale scale = new()
        {
            Years = [3, 6],
            Below = [0.25, 0.75],
            Above = [1, 2],
        };
        Assert.Equal([2.5, 10.5], new AgeReader(scale).Read(even, new()).Age!.Value!.Interval80);
    }

    [Fact]
    public void A_newborns_interval_does_not_begin_before_birth()
    {
        AgeEstimate age = new AgeReader().Read([0.97f, 0.03f], new()).Age!.Value!;
        Assert.Equal(0, age.Interval80[0]);
        Assert.InRange(age.Interval80[1], 0.3, 0.5);
    }
}
