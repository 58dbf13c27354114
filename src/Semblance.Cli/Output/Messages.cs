using Semblance.Writing;

namespace Semblance.Cli.Output;

/// <summary>Messages to standard error, each one line whatever it quotes.</summary>
internal static class Messages
{
    public static void Error(string message) => Console.Error.WriteLine($"error: {PlainText.Escape(message)}");

    public static void Warning(string message) => Console.Error.WriteLine($"warning: {PlainText.Escape(message)}");

    public static void Hint(string message) => Console.Error.WriteLine(PlainText.Escape(message));
}
