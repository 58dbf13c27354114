using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Tests.Statistics;

public sealed class McNemarTestTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(5, 5, 1)]
    // 2 (1 + 10) / 2^10
    [InlineData(1, 9, 0.021484375)]
    // 2 / 2^6
    [InlineData(6, 0, 0.03125)]
    public void Probability_is_the_exact_binomial_one(long first, long second, double p) =>
        Assert.Equal(p, McNemarTest.Of(first, second).PValue, 9);

    [Fact]
    public void Decisions_that_agree_say_nothing()
    {
        McNemarTest test = McNemarTest.Of([(true, true), (false, false), (true, false), (true, false), (false, true)]);
        Assert.Equal((2, 1), (test.OnlyFirstRight, test.OnlySecondRight));
        Assert.Equal(1, test.PValue, 9);
    }

    [Fact]
    public void Many_disagreements_do_not_underflow() => Assert.InRange(McNemarTest.Of(2_400, 2_600).PValue, 0.004, 0.006);
}
