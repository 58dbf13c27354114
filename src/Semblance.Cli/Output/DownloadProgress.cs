using System.Diagnostics;
using Semblance.Models.Pulling;

namespace Semblance.Cli.Output;

/// <summary>A download's progress on standard error, drawn only on a terminal.</summary>
internal sealed class DownloadProgress(string what, bool quiet) : IProgress<PullProgress>, IDisposable
{
    private const int BarWidth = 28;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _shown = !quiet && !Console.IsErrorRedirected;
    private readonly TextWriter _terminal = Terminal.Drawing();
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _lastDrawn;
    private long _first = -1;

    /// <inheritdoc/>
    public void Report(PullProgress value)
    {
        if (_first < 0)
            _first = value.Received;
        if (!_shown || (Stopwatch.GetElapsedTime(_lastDrawn) < Interval && value.Received != value.Total))
            return;
        _lastDrawn = Stopwatch.GetTimestamp();
        double rate = (value.Received - _first) / Math.Max(0.001, Stopwatch.GetElapsedTime(_start).TotalSeconds);
        string bar = value.Total is { } total and > 0
            ? $"[{new string('#', (int)(BarWidth * value.Received / total)).PadRight(BarWidth, '.')}] "
            : "";
        string whole = value.Total is { } all ? $" of {all / 1e6:0.0}" : "";
        _terminal.Write($"\r{what} {bar}{value.Received / 1e6:0.0}{whole} MB, {rate / 1e6:0.0} MB/s ");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_lastDrawn == 0)
            return;
        _lastDrawn = 0;
        _terminal.Write("\r" + new string(' ', 100) + "\r");
    }
}
