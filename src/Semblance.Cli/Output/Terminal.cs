using Spectre.Console;

namespace Semblance.Cli.Output;

/// <summary>Consoles for tables; wide enough not to break lines where output is a file.</summary>
internal static class Terminal
{
    private const int FileWidth = 200;

    /// <summary>Whether colours are wanted where there is a terminal.</summary>
    public static bool UsesColor =>
        Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 } && !Environment.GetCommandLineArgs().Contains("--no-color");

    public static IAnsiConsole Out()
    {
        bool plain = Console.IsOutputRedirected || !UsesColor;
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Out = new AnsiConsoleOutput(Console.Out),
            }
        );
        if (Console.IsOutputRedirected)
            console.Profile.Width = FileWidth;
        return console;
    }
}
