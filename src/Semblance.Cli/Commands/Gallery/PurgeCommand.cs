using System.CommandLine;
using Semblance.Gallery;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Documents;

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
        using IDisposable hold = GalleryAccess.Erasing(gallery);
        try
        {
            Print(await gallery.PurgeAsync(stop).ConfigureAwait(false));
            return (int)ExitCode.Done;
        }
        catch (ErasureUnfinishedException e)
        {
            Print(e.Entries);
            throw;
        }

        void Print(IReadOnlyList<AuditEntry> removed) =>
            Console.Out.WriteLine(
                parsed.GetValue(GalleryAccess.Json)
                    ? GalleryJson.Indented(removed.Select(AuditDocument.Of))
                    : $"{removed.Count} people had expired and were removed{(removed.Count > 0 ? $"; receipt {removed[^1].Head}" : "")}"
            );
    }
}
