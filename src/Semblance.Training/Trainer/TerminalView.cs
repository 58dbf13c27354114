using System.Collections.Concurrent;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Semblance.Training.Trainer;

/// <summary>Shows a run on a terminal: messages above; below, redrawn in place, a bar, loss and speed, and what was measured first, best
/// and last.</summary>
internal sealed class TerminalView : ITrainingView
{
    private const int BarWidth = 40,
        GraphWidth = 48;
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly IAnsiConsole _console;
    private readonly ConcurrentQueue<string> _messages = [];
    private readonly ManualResetEventSlim _end = new();
    private readonly Lock _lock = new();
    private readonly List<double> _losses = [];
    private readonly Dictionary<string, (double First, double Best, double Last)> _figures = [];
    private TrainingProgress? _progress;
    private Task? _live;

    /// <summary>Makes the view; it draws once the first step is done.</summary>
    public TerminalView(IAnsiConsole console) => _console = console;

    /// <inheritdoc/>
    public void Advanced(TrainingProgress progress)
    {
        lock (_lock)
        {
            _progress = progress;
            _losses.Add(progress.Loss);
        }
        _live ??= Task.Run(Draw);
    }

    /// <inheritdoc/>
    public void Measured(long done, IReadOnlyDictionary<string, double> figures)
    {
        lock (_lock)
            foreach ((string name, double value) in figures)
                _figures[name] = _figures.TryGetValue(name, out (double First, double Best, double Last) known)
                    ? (known.First, Math.Max(known.Best, value), value)
                    : (value, value, value);
    }

    /// <inheritdoc/>
    public void Say(string message)
    {
        if (_live is null)
            _console.WriteLine(message);
        else
            _messages.Enqueue(message);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Set();
        _live?.Wait();
        _end.Dispose();
    }

    /// <summary>Only this thread writes to the terminal while the view stands.</summary>
    private void Draw() =>
        _console
            .Live(Render())
            .Start(live =>
            {
                bool last;
                do
                {
                    last = _end.Wait(Interval);
                    while (_messages.TryDequeue(out string? message))
                        _console.WriteLine(message);
                    live.UpdateTarget(Render());
                } while (!last);
            });

    /// <summary>The view as it is now.</summary>
    internal IRenderable Render()
    {
        lock (_lock)
        {
            if (_progress is not { } now)
                return new Text("");
            int filled = (int)(BarWidth * now.Step / now.TotalSteps);
            Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().NoWrap());
            grid.AddRow(
                new Markup($"[blue]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]"),
                new Markup(Text($"step {now.Step:N0} of {now.TotalSteps:N0}, epoch {now.Epoch:0.00}, {now.Remaining:hh\\:mm\\:ss} left"))
            );
            grid.AddRow(
                new Markup($"[blue]{Graph(_losses)}[/]"),
                new Markup(Text($"loss {now.Loss:0.0000}, rate {now.Rate:g3}, {now.SamplesPerSecond:0.0} samples/s"))
            );
            return _figures.Count == 0 ? grid : new Rows(grid, Figures());
        }
    }

    private Table Figures()
    {
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).AddColumn("measured");
        foreach (string column in (string[])["first", "best", "last"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach ((string name, (double first, double best, double last)) in _figures)
            table.AddRow(
                new Text(name),
                new Text(Text($"{first:0.0000}")),
                new Markup(Text($"[green]{best:0.0000}[/]")),
                new Text(Text($"{last:0.0000}"))
            );
        return table;
    }

    /// <summary>The course of the loss as a row of blocks, each the mean of its part of the steps.</summary>
    private static string Graph(List<double> losses)
    {
        int bars = Math.Min(GraphWidth, losses.Count);
        double[] means = [.. Enumerable.Range(0, bars).Select(i => Mean(losses, i * losses.Count / bars, (i + 1) * losses.Count / bars))];
        double low = means.Min(),
            range = Math.Max(means.Max() - low, 1e-12);
        return new([.. means.Select(mean => Blocks[(int)Math.Round((mean - low) / range * (Blocks.Length - 1))])]);
    }

    private static double Mean(List<double> values, int first, int end)
    {
        double sum = 0;
        for (int i = first; i < end; i++)
            sum += values[i];
        return sum / (end - first);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
