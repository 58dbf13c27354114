using System.CommandLine;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>semblance gallery</c>: people known by face.</summary>
internal static class GalleryCommand
{
    public static Command Create() =>
        new(
            "gallery",
            "Keeps people by face and says who is in a picture, or that nobody is known.\n\nExample: semblance gallery identify --store "
                + "sqlite:people.db party.jpg"
        )
        {
            CreateGalleryCommand.Create(),
            EnrolCommand.Create(),
            IdentifyCommand.Create(),
            VerifyPersonCommand.Create(),
            ImportCommand.Create(),
            ListPeopleCommand.Create(),
            ShowPersonCommand.Create(),
            UpdateCommand.Create(),
            RemoveCommand.Create(),
            UndoCommand.Create(),
            CheckGalleryCommand.Create(),
            ExportCommand.Create(),
            PurgeCommand.Create(),
            AuditCommand.Create(),
            ReembedCommand.Create(),
            RekeyCommand.Create(),
            UpgradeCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            StatsCommand.Create(),
        };
}
