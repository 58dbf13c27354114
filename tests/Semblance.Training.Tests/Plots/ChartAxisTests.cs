using Semblance.Training.Plots;

namespace Semblance.Training.Tests.Plots;

public sealed class ChartAxisTests
{
    [Theory]
    [InlineData(0, 4873, 8, 0, 5000, 1000)]
    [InlineData(0.913, 0.957, 6, 0.91, 0.96, 0.01)]
    [InlineData(2.1, 7.9, 6, 2, 8, 1)]
    public void Axis_begins_and_ends_at_round_marks_when_it_holds_values(
        double low,
        double high,
        int marks,
        double first,
        double last,
        double step
    )
    {
        ChartAxis axis = ChartAxis.Around(low, high, marks);
        Assert.Equal(first, axis.Low, 9);
        Assert.Equal(last, axis.High, 9);
        Assert.Equal(step, axis.Step, 9);
    }

    [Fact]
    public void Axis_has_room_when_all_values_are_the_same()
    {
        ChartAxis axis = ChartAxis.Around(3, 3, 5);
        Assert.True(axis.Low < 3 && axis.High > 3);
        Assert.Equal(0.5, axis.Place(3), 0.3);
    }

    [Fact]
    public void Marks_have_the_digits_that_tell_them_apart_when_they_are_written() =>
        Assert.Equal(["0.91", "0.92", "0.93"], ChartAxis.Around(0.91, 0.93, 2).Marks.Select(ChartAxis.Around(0.91, 0.93, 2).Text));

    [Fact]
    public void Axis_ends_at_the_limit_when_all_values_are_alike_or_reach_it()
    {
        Assert.Equal(1, ChartAxis.Around(0.975, 0.975, 6, limit: 1).High, 9);
        Assert.Equal(1, ChartAxis.Around(1, 1, 6, limit: 1).High, 9);
        Assert.InRange(ChartAxis.Around(0.975, 0.975, 6, limit: 1).Low, 0.9, 0.97);
        Assert.Equal(1, ChartAxis.Around(0.93, 1, 6, limit: 1).High, 9);
    }
}
