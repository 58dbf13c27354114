namespace Semblance.Cli.Commands.Gallery;

/// <summary>Shows on a terminal how far a large gallery is loaded.</summary>
internal sealed class LoadProgress(bool quiet) : IProgress<(long Loaded, long Total)>
{
    private const long WorthShowing = 50_000;

    private readonly bool _shown = !quiet && !Console.IsErrorRedirected;

    public void Report((long Loaded, long Total) value)
    {
        if (!_shown || value.Total < WorthShowing) return;
        Console.Error.Write(value.Loaded < value.Total ? $"\rloading {value.Loaded:N0} of {value.Total:N0} references " : "\r" + new string(' ', 60) + "\r");
    }
}
