namespace Semblance.Evaluation.Detectors;

/// <summary>Times several ways of doing one thing in turn, so that a busy machine slows all of them alike.</summary>
internal static class DetectorTiming
{
    /// <summary>The processor time of the program, which does not count what other programs take meanwhile.</summary>
    public static TimeSpan ProcessorTime() => Environment.CpuUsage.TotalTime;

    /// <summary>Measures; a first round of each is not counted.</summary>
    /// <param name="ways">What is timed; takes a picture's number.</param>
    /// <param name="pictures">Pictures.</param>
    /// <param name="repetitions">Rounds, 1 or more.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="stop">Stops between runs.</param>
    /// <returns>Of each way the mean over pictures of the median over rounds, in milliseconds, and its ratio to the first.</returns>
    public static IReadOnlyList<TimeFigures> Measure(
        IReadOnlyList<Action<int>> ways,
        int pictures,
        int repetitions,
        Func<TimeSpan> clock,
        CancellationToken stop
    )
    {
        double[] sums = new double[ways.Count];
        for (int picture = 0; picture < pictures; picture++)
        {
            double[][] times = [.. ways.Select(_ => new double[repetitions])];
            for (int round = -1; round < repetitions; round++)
            for (int way = 0; way < ways.Count; way++)
            {
                stop.ThrowIfCancellationRequested();
                TimeSpan before = clock();
                ways[way](picture);
                if (round >= 0)
                    times[way][round] = (clock() - before).TotalMilliseconds;
            }
            for (int way = 0; way < ways.Count; way++)
                sums[way] += times[way].Order().ElementAt(repetitions / 2);
        }
        return [.. sums.Select(sum => new TimeFigures(sum / pictures, sum / sums[0]))];
    }
}
