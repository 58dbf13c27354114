using Semblance.Models;

namespace Semblance.Tests.Models;

public sealed class AgeIntervalScaleTests
{
    private static readonly AgeIntervalScale Scale = new()
    {
        Years = [10, 50],
        Below = [1, 2],
        Above = [0.5, 1.5],
        Sharpness = [0.1, 0.2],
        BelowBySharpness = [1, 1],
        AboveBySharpness = [3, 1],
    };

    [Theory]
    [InlineData(5, 1, 0.5)]
    [InlineData(30, 1.5, 1)]
    [InlineData(90, 2, 1.5)]
    public void Factors_lie_between_those_of_the_ages_and_stay_outside(double mean, double below, double above)
    {
        (double low, double high) = Scale.Apply(mean, mean - 4, mean + 4, null);
        Assert.Equal((mean - 4 * below, mean + 4 * above), (low, high));
    }

    [Fact]
    public void A_blurred_crop_widens_the_interval_as_its_factors_say()
    {
        Assert.Equal(30 + 3 * 4, Scale.Apply(30, 26, 34, 0.05).High, 9);
        Assert.Equal(30 + 2 * 4, Scale.Apply(30, 26, 34, 0.15).High, 9);
        Assert.Equal(30 + 4, Scale.Apply(30, 26, 34, 0.4).High, 9);
    }

    [Fact]
    public void An_interval_does_not_begin_before_birth() => Assert.Equal(0, Scale.Apply(1, -3, 2, null).Low);

    [Fact]
    public void All_that_is_wrong_is_named()
    {
        AgeIntervalScale wrong = Scale with { Years = [50, 10], Below = [1], AboveBySharpness = [0, 1] };
        string problems = string.Join("; ", wrong.Problems());
        Assert.Contains("1 and 2 factors for 2 values of ages", problems);
        Assert.Contains("ages of an age's interval must rise", problems);
        Assert.Contains("by sharpness must be above 0", problems);
        Assert.Empty(Scale.Problems());
    }
}
