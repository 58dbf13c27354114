using System.Globalization;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>Shows on a terminal how far something is that large galleries take long for.</summary>
/// <param name="what">What is done, e.g. <c>loading references</c>.</param>
/// <param name="least">Work of less than this is not worth showing.</param>
/// <param name="quiet">Shows nothing.</param>
internal sealed class LoadProgress(string what, long least, bool quiet) : IProgress<(long Done, long Total)>
{
    private const int Width = 60;

    private readonly bool _shown = !quiet && !Console.IsErrorRedirected;
    private long _percent = -1;

    public void Report((long Done, long Total) value)
    {
        if (!_shown || value.Total < least)
            return;
        long percent = 100 * value.Done / value.Total;
        if (Interlocked.Exchange(ref _percent, percent) == percent)
            return;
        Console.Error.Write(
            value.Done < value.Total
                ? string.Create(CultureInfo.InvariantCulture, $"\r{what} {percent, 3} %")
                : "\r" + new string(' ', Width) + "\r"
        );
    }
}
