using System.Diagnostics;

namespace Semblance.Cli.Output;

/// <summary>A progress bar on standard error, drawn only on a terminal and only when the work takes longer than a moment.</summary>
internal sealed class Progress(string what, int total, bool quiet) : IDisposable
{
    private const int BarWidth = 28;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _shown = !quiet && total > 1 && !Console.IsErrorRedirected;
    private readonly TextWriter _terminal = Terminal.Drawing();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private long _lastDrawn;
    private int _done;
    private bool _drawn;

    /// <summary>One more is done.</summary>
    public void Advance()
    {
        lock (_lock)
        {
            _done++;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(_start);
            if (!_shown || elapsed < Moment || (Stopwatch.GetElapsedTime(_lastDrawn) < Interval && _done < total))
                return;
            _lastDrawn = Stopwatch.GetTimestamp();
            _drawn = true;
            int filled = (int)((long)BarWidth * _done / total);
            TimeSpan left = elapsed / _done * (total - _done);
            _terminal.Write(
                $"\r{what} [{new string('#', filled)}{new string('.', BarWidth - filled)}] {_done}/{total}, "
                    + $"{_done / elapsed.TotalSeconds:0.0}/s, {left:m\\:ss} left "
            );
        }
    }

    public void Dispose()
    {
        if (_drawn)
            _terminal.Write("\r" + new string(' ', 100) + "\r");
    }
}
