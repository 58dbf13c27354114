using System.Diagnostics;
using System.Globalization;

namespace Semblance.Cli.Output;

/// <summary>
/// A progress bar on standard error, drawn only on a terminal and only when the work takes longer than a moment. Results that are printed
/// meanwhile stand above it, never in its line.
/// </summary>
internal sealed class Progress : IDisposable, IProgress<int>
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly string _what;
    private readonly int _total;
    private readonly bool _shown;
    private readonly bool _colored;
    private readonly TextWriter _terminal = Terminal.Drawing();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly TextWriter? _results;
    private long _lastDrawn;
    private int _done;
    private int _width;

    /// <summary>Begins.</summary>
    /// <param name="what">What is done, e.g. <c>analysing</c>.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="quiet">Shows nothing.</param>
    public Progress(string what, int total, bool quiet)
    {
        (_what, _total) = (what, total);
        _shown = !quiet && total > 1 && !Console.IsErrorRedirected;
        _colored = _shown && Terminal.UsesColor;
        if (!_shown || Console.IsOutputRedirected)
            return;
        _results = Console.Out;
        Console.SetOut(new ResultsAboveProgress(_results, this));
    }

    /// <summary>How many are done.</summary>
    public int Done => _done;

    /// <summary>One more is done.</summary>
    public void Advance() => Report(_done + 1);

    /// <summary>So many are done.</summary>
    public void Report(int value)
    {
        lock (_lock)
        {
            _done = value;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(_start);
            if (!_shown || elapsed < Moment || (Stopwatch.GetElapsedTime(_lastDrawn) < Interval && _done < _total))
                return;
            _lastDrawn = Stopwatch.GetTimestamp();
            Draw(elapsed);
        }
    }

    /// <summary>Takes the bar away while something is printed.</summary>
    public void Above(Action print)
    {
        lock (_lock)
        {
            Clear();
            print();
        }
    }

    public void Dispose()
    {
        lock (_lock)
            Clear();
        if (_results is not null)
            Console.SetOut(_results);
    }

    /// <summary>The line of a bar, without colours.</summary>
    internal static (string Filled, string Empty, string Figures) Line(int done, int total, TimeSpan elapsed)
    {
        int filled = (int)((long)BarWidth * Math.Min(done, total) / Math.Max(1, total));
        double rate = done / Math.Max(elapsed.TotalSeconds, 1e-3);
        TimeSpan left = TimeSpan.FromSeconds(rate > 0 ? Math.Max(0, total - done) / rate : 0);
        string time =
            left.TotalHours >= 1
                ? left.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
                : left.ToString(@"m\:ss", CultureInfo.InvariantCulture);
        return (
            new string('━', filled),
            new string('─', BarWidth - filled),
            string.Create(CultureInfo.InvariantCulture, $"{done}/{total}  {rate:0.0}/s  {time} left")
        );
    }

    private void Draw(TimeSpan elapsed)
    {
        (string filled, string empty, string figures) = Line(_done, _total, elapsed);
        int width = _what.Length + 2 + BarWidth + 2 + figures.Length;
        string bar = _colored ? $"\e[36m{filled}\e[90m{empty}\e[0m" : filled + empty;
        _terminal.Write($"\r{_what}  {bar}  {figures}{new string(' ', Math.Max(0, _width - width))}");
        _width = width;
    }

    private void Clear()
    {
        if (_width == 0)
            return;
        _terminal.Write("\r" + new string(' ', _width) + "\r");
        _width = 0;
    }
}
