using System.Globalization;
using Semblance.Matching;

namespace Semblance.Tests.Matching;

public sealed class RateTextTests
{
    [Theory]
    [InlineData(0.0099507, "9.96e-3")]
    [InlineData(1e-4, "1e-4")]
    [InlineData(0.00099999, "1e-3")]
    [InlineData(0.25, "2.5e-1")]
    [InlineData(1, "1e0")]
    public void Rate_is_rounded_up_to_three_digits(double rate, string expected) => Assert.Equal(expected, RateText.RoundedUp(rate));

    [Fact]
    public void Text_read_again_is_not_below_the_rate_and_less_than_a_hundredth_above()
    {
        Random random = new(5);
        for (int i = 0; i < 10_000; i++)
        {
            double rate = Math.Pow(10, -9 * random.NextDouble());
            Assert.InRange(double.Parse(RateText.RoundedUp(rate), CultureInfo.InvariantCulture), rate, rate * 1.0101);
        }
    }
}
