namespace Semblance.Training.Trainer;

/// <summary>Shows a run as lines: for logs, pipes and terminals without cursor movement.</summary>
/// <param name="output">Where they go.</param>
/// <param name="every">Seconds between two lines about steps.</param>
internal sealed class LineView(TextWriter output, double every = 20) : ITrainingView
{
    private long _last;

    /// <inheritdoc/>
    public void Advanced(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (progress.Step < progress.TotalSteps && _last != 0 && System.Diagnostics.Stopwatch.GetElapsedTime(_last).TotalSeconds < every)
            return;
        _last = System.Diagnostics.Stopwatch.GetTimestamp();
        output.WriteLine(
            $"step {progress.Step}/{progress.TotalSteps}  epoch {progress.Epoch:0.00}  loss {progress.Loss:0.0000}  rate "
                + $"{progress.Rate:g3}  "
                + $"{progress.SamplesPerSecond:0.0} samples/s  {progress.Remaining:hh\\:mm\\:ss} left"
        );
    }

    /// <inheritdoc/>
    public void Measured(long done, IReadOnlyDictionary<string, double> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        output.WriteLine($"step {done}: " + string.Join("  ", figures.Select(figure => $"{figure.Key} {figure.Value:0.0000}")));
    }

    /// <inheritdoc/>
    public void Say(string message) => output.WriteLine(message);

    /// <inheritdoc/>
    public void Dispose() { }
}
