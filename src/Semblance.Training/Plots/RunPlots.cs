using Semblance.Training.Trainer;

namespace Semblance.Training.Plots;

/// <summary>The pictures of a run: its loss, and the accuracy on its verification sets, over the steps.</summary>
internal static class RunPlots
{
    /// <summary>Weight of the newest value in the smoothed loss.</summary>
    private const double Smoothing = 0.05;

    /// <summary>Draws what there is.</summary>
    /// <returns>Paths of the pictures.</returns>
    public static IReadOnlyList<string> Write(RunFolder folder, RunRecord record)
    {
        List<string> written = [];
        if (record.Series.TryGetValue(RunRecord.Loss, out IReadOnlyList<(long Step, double Value)>? loss) && loss.Count > 1)
        {
            (double X, double Y)[] points = [.. loss.Select(point => ((double)point.Step, point.Value))];
            Save(
                folder.LossPlot,
                "Training loss, every step and smoothed",
                [new("", points, ChartLine.Background), new("smoothed", [.. Smooth(points)])]
            );
        }
        ChartSeries[] sets =
        [
            .. record
                .Series.Where(entry => entry.Key.EndsWith(RunRecord.Accuracy, StringComparison.Ordinal) && entry.Value.Count > 0)
                .Select(entry => new ChartSeries(
                    entry.Key[..^RunRecord.Accuracy.Length],
                    [.. entry.Value.Select(point => ((double)point.Step, point.Value))]
                )),
        ];
        if (sets.Length > 0)
            Save(folder.AccuracyPlot, $"Verification accuracy{(sets.Length == 1 ? $" on {sets[0].Name}" : "")}, ten folds", sets, limit: 1);
        return written;

        void Save(string path, string title, IReadOnlyList<ChartSeries> series, double limit = double.PositiveInfinity)
        {
            new LineChart(title, "step", series, limit).Save(path);
            written.Add(path);
        }
    }

    private static IEnumerable<(double X, double Y)> Smooth((double X, double Y)[] points)
    {
        double mean = points[0].Y;
        foreach ((double x, double y) in points)
            yield return (x, mean += Smoothing * (y - mean));
    }
}
