using System.Globalization;
using Semblance.Writing;

namespace Semblance.Tests.Writing;

public class InvariantNumberTests
{
    [Theory]
    [InlineData("0.2", 0.2)]
    [InlineData("-1", -1)]
    [InlineData("1e-4", 1e-4)]
    [InlineData("+3.5E2", 350)]
    public void Number_is_read_with_a_point(string text, double expected)
    {
        Assert.True(InvariantNumber.TryParse(text, out double number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("0,2")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("(1)")]
    [InlineData("1%")]
    [InlineData("0x10")]
    [InlineData("")]
    [InlineData("٣")]
    public void What_is_no_number_is_refused(string text) => Assert.False(InvariantNumber.TryParse(text, out double _));

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("18446744073710551616")]
    public void Whole_numbers_take_no_fraction_and_no_overflow(string text) => Assert.False(InvariantNumber.TryParse(text, out long _));

    [Theory]
    [InlineData("0,2", "a comma is no decimal point: write 0.2")]
    [InlineData("1,000,000", "a comma is no decimal point and separates no thousands: write a point")]
    [InlineData("0.2.1", null)]
    [InlineData("x", null)]
    public void Comma_is_named_where_it_is_why(string text, string? hint) => Assert.Equal(hint, InvariantNumber.HintFor<double>(text));

    [Theory]
    [InlineData("1,000", "a whole number has neither comma nor point")]
    [InlineData("2.0", "a whole number has neither comma nor point")]
    [InlineData("x", null)]
    public void Whole_number_is_written_in_digits_alone(string text, string? hint) =>
        Assert.Equal(hint, InvariantNumber.HintFor<int>(text));

    [Fact]
    public void Culture_of_the_thread_changes_nothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo.CurrentCulture = commas;
        try
        {
            Assert.True(InvariantNumber.TryParse("0.25", out float number));
            Assert.Equal(0.25f, number);
            Assert.False(InvariantNumber.TryParse("0,25", out float _));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
