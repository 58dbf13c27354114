using Semblance.Writing;
using Spectre.Console;

namespace Semblance.Cli.Output;

/// <summary>Consoles for tables; where output is a file, wide enough not to break lines, and without spaces at their ends.</summary>
internal static class Terminal
{
    /// <summary>Standard error as it is, for what draws over its own line; texts of others must not come here.</summary>
    public static TextWriter Drawing() => new StreamWriter(Console.OpenStandardError(), Console.Error.Encoding) { AutoFlush = true };

    /// <summary>Text of a table.</summary>
    public static Text Cell(string text, Style? style = null) => new(PlainText.Escape(text, "\n"), style);

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
                // Colours are control characters: they go past the guard, and every cell is escaped instead.
                Out = new AnsiConsoleOutput(
                    Console.IsOutputRedirected ? new UnpaddedWriter(Console.Out)
                    : plain ? Console.Out
                    : Raw()
                ),
            }
        );
        if (Console.IsOutputRedirected)
            console.Profile.Width = FileWidth;
        return console;
    }

    private static StreamWriter Raw() => new(Console.OpenStandardOutput(), Console.Out.Encoding) { AutoFlush = true };
}
