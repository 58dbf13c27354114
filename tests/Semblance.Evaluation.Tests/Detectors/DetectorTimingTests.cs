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
        int call = 0;
        // The first round and one of three are slow; neither reaches the median.
        IReadOnlyList<TimeFigures> times = DetectorTiming.Measure(
            [_ => Work(call++ is 0 or 2 ? 400 : 20)],
            pictures: 1,
            repetitions: 3,
            CancellationToken.None
        );
        Assert.InRange(times[0].Milliseconds, 20, 300);
    }

    [Fact]
    public void Waiting_is_no_time()
    {
        IReadOnlyList<TimeFigures> times = DetectorTiming.Measure(
            [_ => Work(100), _ => Thread.Sleep(200)],
            pictures: 1,
            repetitions: 3,
            CancellationToken.None
        );
        Assert.True(times[1].Milliseconds < times[0].Milliseconds);
    }

    private static void Work(int milliseconds)
    {
        TimeSpan end = Environment.CpuUsage.TotalTime + TimeSpan.FromMilliseconds(milliseconds);
        while (Environment.CpuUsage.TotalTime < end)
            Thread.SpinWait(1000);
    }
}
