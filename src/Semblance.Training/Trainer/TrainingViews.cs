using Spectre.Console;

namespace Semblance.Training.Trainer;

/// <summary>Chooses how a run is shown.</summary>
internal static class TrainingViews
{
    /// <summary>A live view where standard error is a terminal, else lines.</summary>
    public static ITrainingView Open()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return !Console.IsErrorRedirected && console.Profile.Capabilities.Ansi ? new TerminalView(console) : new LineView(Console.Error);
    }
}
