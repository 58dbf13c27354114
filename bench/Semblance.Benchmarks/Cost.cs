using System.Diagnostics;

namespace Semblance.Benchmarks;

/// <summary>What something took: by the clock, and by the processor time of the program's threads, which does not count what other programs
/// take meanwhile.</summary>
internal readonly record struct Cost(double Milliseconds, double Processor)
{
    /// <summary>Runs something that does the work of several.</summary>
    public static Cost Of(Action action, int shares = 1)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new(milliseconds / shares, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / shares);
    }

    /// <summary>The median of each.</summary>
    public static Cost Median(IReadOnlyCollection<Cost> costs) =>
        new(Middle(costs.Select(cost => cost.Milliseconds)), Middle(costs.Select(cost => cost.Processor)));

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
