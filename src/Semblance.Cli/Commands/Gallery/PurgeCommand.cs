using System.CommandLine;
using Semblance.Gallery;
using Semblance.Gallery.Audit;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery purge</c>: forgets everybody who has expired.</summary>
internal static class PurgeCommand
{
    public static Command Create()
    {
        Command command = new Command(
            "purge",
            "Forgets everybody who has expired.\n\nExample: semblance gallery purge --store sqlite:people.db"
        )
        {
            GalleryAccess.Json,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using FaceGallery gallery = await GalleryAccess.OpenAsync(new(parsed), stop).ConfigureAwait(false);
        IReadOnlyList<AuditEntry> removed = await gallery.PurgeAsync(stop).ConfigureAwait(false);
        if (parsed.GetValue(GalleryAccess.Json))
            Console.Out.WriteLine(GalleryJson.Indented(removed.Select(AuditDocument.Of)));
        else
            Console.Out.WriteLine(
                $"{removed.Count} people had expired and were removed{(removed.Count > 0 ? $"; receipt {removed[^1].Head}" : "")}"
            );
        return (int)ExitCode.Done;
    }
}
