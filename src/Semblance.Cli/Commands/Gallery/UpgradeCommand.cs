using System.CommandLine;
using Semblance.Gallery;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery upgrade</c>: brings what is held up to date without pictures.</summary>
internal static class UpgradeCommand
{
    public static Command Create()
    {
        Command command = new Command(
            "upgrade",
            "Brings a gallery of before up to date without pictures: binds what is held to the audit log.\n\nExample: semblance gallery "
                + "upgrade --store sqlite:people.db"
        )
        {
            GalleryAccess.Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using OpenGallery open = await GalleryAccess.OpenWithAnalyzerAsync(new(parsed), stop).ConfigureAwait(false);
        GalleryUpgrade done = await open.Gallery.UpgradeAsync(cancellationToken: stop).ConfigureAwait(false);
        Console.Out.WriteLine(
            parsed.GetValue(GalleryAccess.Json)
                ? GalleryJson.Indented(done)
                : $"{done.Bound} people bound to the log, {done.Measured} baselines measured"
        );
        return (int)ExitCode.Done;
    }
}
