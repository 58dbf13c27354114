using System.CommandLine;
using Semblance.Annotation;
using Semblance.Cli.Commands.Gallery;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Files;
using Semblance.Gallery;
using Semblance.Gallery.Identifying;
using Semblance.Hiding;
using Semblance.Imaging;

namespace Semblance.Cli.Commands.Albums;

/// <summary><c>semblance hide</c>: copies with faces that nobody recognises.</summary>
internal static class HideCommand
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "Folder for the copies; the pictures stay as they are.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<bool> Blur = new("--blur")
    {
        Description = "Blur until thirty colours are left of a face, fewer where it still looks like one. [default]",
    };

    private static readonly Option<bool> Pixelate = new("--pixelate")
    {
        Description = "Thirty squares a face, fewer where it still looks like one.",
    };

    private static readonly Option<bool> Box = new("--box") { Description = "A box of one colour: nothing of the face is left." };

    private static readonly Option<string[]> Except = new("--except")
    {
        Description = "Leave the faces of this person of the gallery as they are; may be repeated. Needs --store.",
        HelpName = "PERSON",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One line of JSON a picture." };

    public static Command Create()
    {
        Command command = new Command(
            "hide",
            "Writes copies whose faces nobody recognises, checked by looking for faces again and comparing them. Metadata and thumbnails "
                + "are left out. Look at the copies before you publish them: a face that is not found is not hidden."
                + "\n\nExample: semblance hide photos/ --out public/ --pixelate"
        )
        {
            InputOptions.Inputs,
            Out,
            Blur,
            Pixelate,
            Box,
            Except,
            Json,
        }.WithAlbum();
        command.Options.Remove(AlbumOptions.NoCache);
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        string folder = parsed.GetRequiredValue(Out);
        HideOptions options = new() { Style = StyleOf(parsed) };
        string[] except = parsed.GetValue(Except) ?? [];
        if (except.Length > 0 && settings.Get(GalleryAccess.Store, null) is null)
            throw new UsageException("--except needs the gallery that knows the person, e.g. --store people.db");
        IReadOnlyList<string> pictures = AlbumOptions.Pictures(parsed, InputOptions.Inputs, folder);
        await using OpenAlbum open = await AlbumOptions.OpenAsync(settings, stop).ConfigureAwait(false);
        FaceHider.FaceKeeper? keep = except.Length == 0 ? null : await KeeperAsync(open.Gallery!, except, stop).ConfigureAwait(false);
        FaceHider hider = new(open.Analyzer);
        int failed = 0,
            faces = 0;
        using (Progress progress = new("hiding", pictures.Count, settings.Quiet))
            foreach (string picture in pictures)
            {
                stop.ThrowIfCancellationRequested();
                try
                {
                    string name = NameOf(picture);
                    HideOptions written = options with { Format = FaceAnnotator.FormatOf(name) };
                    using HiddenPicture hidden = await hider
                        .HideAsync(PictureItem.FromFile(picture), written, keep, stop)
                        .ConfigureAwait(false);
                    faces += hidden.Hidden;
                    string copy = NewFile.Write(folder, name, stream => hidden.Encode(stream, written.Format, written.Quality));
                    Print(parsed, picture, copy, hidden);
                }
                catch (Exception e) when (e is SemblanceException or IOException or UnauthorizedAccessException)
                {
                    failed++;
                    Messages.Error((e as SemblanceException)?.Advice ?? $"{picture}: {e.Message}");
                }
                progress.Advance();
            }
        if (!settings.Quiet)
            Messages.Hint($"{Counted.Of(faces, "face")} hidden on {Counted.Of(pictures.Count - failed, "picture")}");
        return (int)(
            failed == 0 ? ExitCode.Done
            : failed < pictures.Count ? ExitCode.SomeFailed
            : ExitCode.NoneUsable
        );
    }

    private static HideStyle StyleOf(ParseResult parsed)
    {
        bool blur = parsed.GetValue(Blur),
            pixelate = parsed.GetValue(Pixelate),
            box = parsed.GetValue(Box);
        if ((blur ? 1 : 0) + (pixelate ? 1 : 0) + (box ? 1 : 0) > 1)
            throw new UsageException("--blur, --pixelate and --box exclude one another");
        return pixelate ? HideStyle.Pixelate
            : box ? HideStyle.Box
            : HideStyle.Blur;
    }

    private static async Task<FaceHider.FaceKeeper> KeeperAsync(FaceGallery gallery, string[] except, CancellationToken stop)
    {
        HashSet<Guid> people = [];
        foreach (string who in except)
            people.Add((await GalleryAccess.ResolveAsync(gallery, who, stop).ConfigureAwait(false)).Id);
        // A rate that is not supported is refused before any picture is read.
        await gallery.IdentifyAsync([], cancellationToken: stop).ConfigureAwait(false);
        return async (faces, cancellation) =>
        {
            IReadOnlyList<Identification> answers = await gallery
                .IdentifyAsync([.. faces.Select(face => face.Embedding!)], cancellationToken: cancellation)
                .ConfigureAwait(false);
            return [.. answers.Select(answer => answer.Match is { } match && people.Contains(match.Person.Id))];
        };
    }

    /// <summary>In the picture's own format where that can be written, else as JPEG.</summary>
    private static string NameOf(string picture)
    {
        string name = Path.GetFileName(picture);
        return Path.GetExtension(name).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png" or ".webp"
            ? name
            : Path.ChangeExtension(name, ".jpg");
    }

    private static void Print(ParseResult parsed, string picture, string copy, HiddenPicture hidden)
    {
        if (parsed.GetValue(Json))
        {
            HiddenDocument document = new()
            {
                Input = picture,
                Output = copy,
                Hidden = hidden.Hidden,
                Kept = hidden.Kept,
                Boxed = hidden.Boxed,
            };
            Console.Out.WriteLine(JsonText.Of(document, AlbumLineJson.Default.HiddenDocument));
            return;
        }
        string kept = hidden.Kept > 0 ? $", {hidden.Kept} left" : "",
            boxed = hidden.Boxed > 0 ? $", {hidden.Boxed} of them by a box because they still looked like a face" : "";
        Console.Out.WriteLine($"{copy}  {Counted.Of(hidden.Hidden, "face")} hidden{boxed}{kept}");
    }
}
