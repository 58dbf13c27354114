using System.CommandLine;
using Semblance.Gallery;
using Semblance.Gallery.Storage;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery restore</c>: a gallery from a backup.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "What 'gallery backup' wrote; it is only read." };

    public static Command Create()
    {
        Command command = new Command(
            "restore",
            "Makes a gallery from a backup, in any store, where none is yet.\n\nExample: semblance gallery restore --store "
                + "postgres://user@host/database people.backup"
        )
        {
            File,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        await using FaceGallery gallery = await GalleryBackup
            .RestoreAsync(
                GalleryAccess.Stores,
                parsed.GetRequiredValue(File),
                GalleryAccess.AddressOf(settings),
                new() { Key = GalleryAccess.KeyOf(settings) },
                cancellationToken: stop
            )
            .ConfigureAwait(false);
        GalleryCounts counts = (await gallery.GetStatisticsAsync(stop).ConfigureAwait(false)).Counts;
        Console.Out.WriteLine($"{gallery.Address} restored: {counts.People} people, {counts.References} references");
        return (int)ExitCode.Done;
    }
}
