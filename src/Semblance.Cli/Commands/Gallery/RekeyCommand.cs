using System.CommandLine;
using Semblance.Gallery;
using Semblance.Gallery.Privacy;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery rekey</c>: replaces the encryption key.</summary>
internal static class RekeyCommand
{
    private static readonly Option<string> NewKeyFile = new("--new-key-file")
    {
        Description = "File with the key from now on.",
        HelpName = "FILE",
        Required = true,
    };

    public static Command Create()
    {
        Command command = new Command(
            "rekey",
            "Seals references and crops with another key; the old one opens nothing afterwards.\n\nExample: semblance gallery rekey "
                + "--store sqlite:people.db --key-file old.key --new-key-file new.key"
        )
        {
            NewKeyFile,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using FaceGallery gallery = await GalleryAccess.OpenAsync(new(parsed), stop).ConfigureAwait(false);
        EncryptionKey key = EncryptionKey.FromFile(parsed.GetRequiredValue(NewKeyFile));
        await gallery.RotateKeyAsync(key, stop).ConfigureAwait(false);
        Console.Out.WriteLine($"{gallery.Address} is sealed with key {key.Id} from now on");
        return (int)ExitCode.Done;
    }
}
