using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Gallery;
using Semblance.Gallery.Enrolling;
using Semblance.Gallery.Importing;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery import</c>: enrols a folder of folders, or what another system knows.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string?> Folder = new("DIR")
    {
        Description = "A folder with one folder a person; its name is the person's.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string[]> From = new("--from")
    {
        Description = "Another system instead of a folder: compreface and its address, e.g. --from compreface http://127.0.0.1:8000.",
        HelpName = "SYSTEM URL",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> ApiKey = new("--api-key")
    {
        Description = "The other system's key; of CompreFace, that of a recognition service.",
        HelpName = "KEY",
    };

    public static Command Create()
    {
        Command command = new Command(
            "import",
            "Enrols a folder a person. Can be broken off and run again: what is enrolled is skipped.\n\nExample: semblance gallery "
                + "import --store sqlite:people.db staff/\n         semblance gallery import --store sqlite:people.db --from compreface "
                + "http://127.0.0.1:8000 --api-key KEY"
        )
        {
            Folder,
            From,
            ApiKey,
            GalleryAccess.Json,
        }.WithStore();
        foreach (Option option in EnrolmentChoices.All)
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>The other system that is asked for; null for a folder.</summary>
    private static HttpClient? OtherSystem(ParseResult parsed, Settings settings)
    {
        bool folder = parsed.GetValue(Folder) is not null;
        if (parsed.GetValue(From) is not { Length: 2 } from)
            return folder ? null : throw new UsageException("say what to import: a folder, or --from compreface URL");
        if (folder)
            throw new UsageException("a folder and --from exclude one another");
        if (from[0] != "compreface")
            throw new UsageException($"--from names '{from[0]}'; compreface is known");
        if (!Uri.TryCreate(from[1].TrimEnd('/') + "/", UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            throw new UsageException($"--from compreface {from[1]}: an http or https address is expected");
        HttpClient http = new() { BaseAddress = address };
        if (settings.Get(ApiKey, null) is { Length: > 0 } key)
            http.DefaultRequestHeaders.Add(CompreFaceImport.KeyHeader, key);
        return http;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        HttpClient? other = OtherSystem(parsed, settings);
        using HttpClient? held = other;
        var people = other is null ? FolderImport.Find(parsed.GetValue(Folder)!) : [];
        ImportOptions options = new()
        {
            ConsentReference = settings.Get(EnrolmentChoices.Consent, null),
            ExpiresAt = EnrolmentChoices.ExpiryOf(settings),
            Threads = settings.Threads,
        };
        await using OpenGallery open = await GalleryAccess.OpenOrCreateAsync(settings, stop).ConfigureAwait(false);
        PhotoReader reader = EnrolmentChoices.Reader(settings, open);
        CompreFaceImport? foreign = other is null ? null : new(other, open.Gallery, reader, options);
        int total = foreign is null ? people.Sum(person => person.Files.Count) : await foreign.CountAsync(stop).ConfigureAwait(false),
            enrolled = 0,
            already = 0;
        IAsyncEnumerable<ImportedPhoto> photos = foreign is null
            ? new FolderImport(open.Gallery, reader, options).RunAsync(people, stop)
            : foreign.RunAsync(stop);
        HashSet<string> imported = [];
        List<ImportedPhoto> refused = [];
        using (Progress progress = new("importing", total, settings.Quiet))
        {
            try
            {
                await foreach (ImportedPhoto photo in photos.ConfigureAwait(false))
                {
                    progress.Advance();
                    imported.Add(photo.Person);
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
            Messages.Error($"{photo.File}: {string.Join("; ", photo.Rejections.Select(RejectionText.Of))}");
        if (parsed.GetValue(GalleryAccess.Json))
        {
            Console.Out.WriteLine(
                GalleryJson.Indented(
                    new
                    {
                        people = imported.Count,
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
                $"{imported.Count} people, {total} pictures: {enrolled} enrolled, {already} enrolled before, {refused.Count} refused"
            );
        }
        return (int)(
            refused.Count == 0 ? ExitCode.Done
            : refused.Count < total ? ExitCode.SomeFailed
            : ExitCode.NoneUsable
        );
    }
}
