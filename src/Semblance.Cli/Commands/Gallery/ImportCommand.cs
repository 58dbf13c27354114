using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Gallery;
using Semblance.Gallery.Importing;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery import</c>: enrols a folder of folders.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> Folder = new("DIR")
    {
        Description = "A folder with one folder a person; its name is the person's.",
    };

    public static Command Create()
    {
        Command command = new Command(
            "import",
            "Enrols a folder a person. Can be broken off and run again: what is enrolled is skipped.\n\nExample: semblance gallery "
                + "import --store sqlite:people.db staff/"
        )
        {
            Folder,
            GalleryAccess.Json,
        }.WithStore();
        foreach (Option option in EnrolmentChoices.All)
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        var people = FolderImport.Find(parsed.GetRequiredValue(Folder));
        ImportOptions options = new()
        {
            ConsentReference = settings.Get(EnrolmentChoices.Consent, null),
            ExpiresAt = EnrolmentChoices.ExpiryOf(settings),
            Threads = settings.Threads,
        };
        await using OpenGallery open = await GalleryAccess.OpenOrCreateAsync(settings, stop).ConfigureAwait(false);
        FolderImport import = new(open.Gallery, EnrolmentChoices.Reader(settings, open), options);
        int total = people.Sum(person => person.Files.Count),
            enrolled = 0,
            already = 0;
        List<ImportedPhoto> refused = [];
        using (Progress progress = new("importing", total, settings.Quiet))
        {
            try
            {
                await foreach (ImportedPhoto photo in import.RunAsync(people, stop).ConfigureAwait(false))
                {
                    progress.Advance();
                    if (photo.Outcome == ImportOutcome.Enrolled)
                        enrolled++;
                    else if (photo.Outcome == ImportOutcome.AlreadyEnrolled)
                        already++;
                    else
                        refused.Add(photo);
                }
            }
            catch (GalleryStorageException e)
            {
                throw new GalleryStorageException(
                    $"{e.Message}. {enrolled} of {total} pictures were enrolled by this run and are kept; the same command goes on with "
                        + $"the rest",
                    e
                );
            }
        }
        refused.Sort((a, b) => string.CompareOrdinal(a.File, b.File));
        foreach (ImportedPhoto photo in refused)
            Messages.Error($"{photo.File}: {string.Join("; ", photo.Rejections.Select(rejection => rejection.Message))}");
        if (parsed.GetValue(GalleryAccess.Json))
        {
            Console.Out.WriteLine(
                GalleryJson.Indented(
                    new
                    {
                        people = people.Count,
                        pictures = total,
                        enrolled,
                        alreadyEnrolled = already,
                        refused = refused.Select(photo => new RejectedDocument(photo.File, photo.Person, photo.Rejections)),
                    }
                )
            );
        }
        else
        {
            Console.Out.WriteLine(
                $"{people.Count} people, {total} pictures: {enrolled} enrolled, {already} enrolled before, {refused.Count} refused"
            );
        }
        return (int)(
            refused.Count == 0 ? ExitCode.Done
            : refused.Count < total ? ExitCode.SomeFailed
            : ExitCode.NoneUsable
        );
    }
}
