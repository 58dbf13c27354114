using Semblance.Evaluation.Detectors;

namespace Semblance.Evaluation.Tests.Detectors;

public sealed class DetectorTimingTests
{
    [Fact]
    public void Ways_take_turns_on_every_picture()
    {
        List<string> order = [];
        IReadOnlyList<TimeFigures> times = DetectorTiming.Measure(
            [i => order.Add($"a{i}"), i => order.Add($"b{i}")],
            pictures: 2,
            repetitions: 2,
            DetectorTiming.ProcessorTime,
            CancellationToken.None
        );
        // A round that is not counted, then two.
        Assert.Equal("a0 b0 a0 b0 a0 b0 a1 b1 a1 b1 a1 b1", string.Join(' ', order));
        Assert.Equal(2, times.Count);
        Assert.Equal(1, times[0].Ratio);
    }

    [Fact]
    public void A_time_is_the_mean_over_pictures_of_the_median_over_rounds()
    {
        // The first round is not counted, and of three the slow one does not reach the median.
        Queue<int> works = new([400, 20, 400, 30, 400, 50, 400, 70]);
        TimeSpan now = default;
        IReadOnlyList<TimeFigures> times = DetectorTiming.Measure(
            [_ => now += TimeSpan.FromMilliseconds(works.Dequeue())],
            pictures: 2,
            repetitions: 3,
            () => now,
            CancellationToken.None
        );
        Assert.Equal((30 + 70) / 2.0, times[0].Milliseconds);
    }

    [Fact]
    public void Ratios_are_to_the_first_way()
    {
        TimeSpan now = default;
        IReadOnlyList<TimeFigures> times = DetectorTiming.Measure(
            [_ => now += TimeSpan.FromMilliseconds(100), _ => now += TimeSpan.FromMilliseconds(25)],
            pictures: 1,
            repetitions: 1,
            () => now,
            CancellationToken.None
        );
        Assert.Equal([1, 0.25], times.Select(time => time.Ratio));
    }

    [Fact]
    public void Processor_time_goes_on_while_there_is_work()
    {
        TimeSpan before = DetectorTiming.ProcessorTime();
        while (DetectorTiming.ProcessorTime() == before)
            Thread.SpinWait(1000);
        Assert.True(DetectorTiming.ProcessorTime() > before);
    }
}
