using Semblance.Training.Trainer;
using Spectre.Console;

namespace Semblance.Training.Tests.Trainer;

public sealed class TerminalViewTests
{
    [Fact]
    public void View_shows_where_the_run_stands_and_the_best_figure_when_it_is_drawn()
    {
        StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(text),
            }
        );
        console.Profile.Width = 160;
        using (TerminalView view = new(console))
        {
            view.Measured(0, new Dictionary<string, double> { ["lfw.accuracy"] = 0.91 });
            view.Measured(5, new Dictionary<string, double> { ["lfw.accuracy"] = 0.97 });
            view.Measured(9, new Dictionary<string, double> { ["lfw.accuracy"] = 0.95 });
            view.Advanced(new(10, 40, 2.5, 1.25, 0.05, 33.4, TimeSpan.FromMinutes(7)));
            console.Write(view.Render());
        }
        string shown = text.ToString();
        Assert.Contains("step 10 of 40, epoch 2.50, 00:07:00 left", shown);
        Assert.Contains("loss 1.2500, rate 0.05, 33.4 samples/s", shown);
        Assert.Matches(@"lfw\.accuracy\s+│\s+0\.9100 │ 0\.9700 │ 0\.9500", shown);
    }
}
