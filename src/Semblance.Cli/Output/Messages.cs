namespace Semblance.Cli.Output;

/// <summary>Messages to standard error.</summary>
internal static class Messages
{
    public static void Error(string message) => Console.Error.WriteLine($"error: {message}");

    public static void Warning(string message) => Console.Error.WriteLine($"warning: {message}");

    public static void Hint(string message) => Console.Error.WriteLine(message);
}
