using System.CommandLine;
using Semblance.Gallery;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery backup</c>: all that is held, in one file.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The file to write; it must not be there." };

    public static Command Create()
    {
        Command command = new Command(
            "backup",
            "Writes all that a gallery holds to one file, as it is at one moment; others may go on using it. An encrypted gallery's is "
                + "sealed with the same key.\n\nExample: semblance gallery backup --store sqlite:people.db people-2026-11-29.backup"
        )
        {
            File,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string file = parsed.GetRequiredValue(File);
        await using FaceGallery gallery = await GalleryAccess.OpenAsync(new(parsed), stop).ConfigureAwait(false);
        await GalleryBackup.WriteAsync(gallery, file, stop).ConfigureAwait(false);
        Console.Out.WriteLine($"{gallery.Address} backed up to {file}, {new FileInfo(file).Length / 1e6:0.0} MB");
        return (int)ExitCode.Done;
    }
}
