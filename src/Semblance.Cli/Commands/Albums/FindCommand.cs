using System.CommandLine;
using System.Globalization;
using Semblance.Cli.Commands.Gallery;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Embedding;
using Semblance.Gallery;
using Semblance.Gallery.Albums;
using Semblance.Imaging;
using Semblance.Matching;

namespace Semblance.Cli.Commands.Albums;

/// <summary><c>semblance find</c>: the pictures that somebody is on.</summary>
internal static class FindCommand
{
    private static readonly Argument<string> Who = new("PICTURE|PERSON")
    {
        Description = "A picture of who is looked for, or with --store a person of the gallery by name or id.",
    };

    private static readonly Argument<string[]> Inputs = new("INPUT")
    {
        Description = InputOptions.Inputs.Description,
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<int?> Top = new("--top")
    {
        Description = "Give the N most similar pictures, also those that do not reach the threshold.",
        HelpName = "N",
    };

    private static readonly Option<double?> Fmr = new("--fmr")
    {
        Description = "False match rate of a single comparison. [default: 1e-4]",
        HelpName = "RATE",
    };

    private static readonly Option<double?> Threshold = new("--threshold")
    {
        Description = "Own threshold instead of a rate.",
        HelpName = "T",
    };

    private static readonly Option<string> Face = VerifyCommand.Choice(
        "--face",
        "Whose face where PICTURE shows several: largest or center.",
        "largest",
        "largest",
        "center"
    );

    private static readonly Option<bool> Json = new("--json") { Description = "One line of JSON a picture." };

    public static Command Create()
    {
        Command command = new Command(
            "find",
            "Finds the pictures that somebody is on and prints their files, the most similar first. Exit code 0: some were found, 1: none."
                + "\n\nExample: semblance find ada.jpg photos/ --recursive --top 20"
        )
        {
            Who,
            Inputs,
            Top,
            Fmr,
            Threshold,
            Face,
            AlbumOptions.MinQuality,
            Json,
        }.WithAlbum();
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        if (parsed.GetValue(Fmr) is not null && parsed.GetValue(Threshold) is not null)
            throw new UsageException("--fmr and --threshold exclude one another");
        double rate = settings.Get(Fmr, null) ?? MatchOptions.DefaultFalseMatchRate;
        if (!(rate is > 0 and < 1))
            throw new UsageException($"--fmr is {rate.ToString(CultureInfo.InvariantCulture)}, a rate lies between 0 and 1");
        double? own = settings.Get(Threshold, null);
        string who = parsed.GetRequiredValue(Who);
        bool person = settings.Get(GalleryAccess.Store, null) is not null && !File.Exists(who);
        IReadOnlyList<string> pictures = AlbumOptions.Pictures(parsed, Inputs);
        await using OpenAlbum open = await AlbumOptions.OpenAsync(settings, stop).ConfigureAwait(false);
        MatchOptions options = new() { FalseMatchRate = rate, Threshold = own };
        open.Analyzer.Matcher.Validate(options);
        AlbumFinder finder = new(
            AlbumOptions.Analysis(settings, open.Analyzer),
            person
                ? await PersonAsync(open.Gallery!, who, rate, own, stop).ConfigureAwait(false)
                : await PictureAsync(open.Analyzer, who, options, parsed.GetValue(Face)!, stop).ConfigureAwait(false)
        );
        FindReport report = await AlbumOptions
            .LookAsync(settings, pictures.Count, progress =>
                finder.FindAsync(
                    pictures,
                    new() { Top = settings.Get(Top, null), MinimumQuality = settings.Get(AlbumOptions.MinQuality, 0) },
                    progress,
                    stop
                )
            )
            .ConfigureAwait(false);
        AlbumOptions.TellFailed(report.Failed, pictures.Count, settings);
        foreach (FoundPicture picture in report.Found)
            Console.Out.WriteLine(
                parsed.GetValue(Json) ? JsonText.Of(DocumentOf(picture), AlbumLineJson.Default.FoundDocument) : TextOf(picture)
            );
        int matches = report.Found.Count(picture => picture.Decision.Match);
        if (!settings.Quiet)
            Messages.Hint(Summary(report, matches));
        return (int)(
            report.Failed.Count == pictures.Count ? ExitCode.NoneUsable
            : report.Failed.Count > 0 ? ExitCode.SomeFailed
            : matches > 0 ? ExitCode.Done
            : ExitCode.No
        );
    }

    private static async Task<Func<FaceEmbedding, CancellationToken, ValueTask<MatchDecision>>> PersonAsync(
        FaceGallery gallery,
        string who,
        double rate,
        double? own,
        CancellationToken stop
    )
    {
        Person person = await GalleryAccess.ResolveAsync(gallery, who, stop).ConfigureAwait(false);
        return async (face, cancellation) =>
            (
                await gallery
                    .VerifyAsync(face, person.Id, new() { FalseMatchRate = rate, Threshold = own }, cancellation)
                    .ConfigureAwait(false)
            ).Decision;
    }

    private static async Task<Func<FaceEmbedding, CancellationToken, ValueTask<MatchDecision>>> PictureAsync(
        IFaceAnalyzer analyzer,
        string who,
        MatchOptions options,
        string face,
        CancellationToken stop
    )
    {
        if (!File.Exists(who))
            throw new UsageException($"{who}: there is no such picture; a person is looked for with --store, e.g. --store people.db");
        ImageAnalysis picture = await analyzer
            .AnalyzeAsync(
                PictureItem.FromFile(who),
                new() { Features = FaceFeatures.Embedding, FaceChoice = VerifyCommand.FaceChoiceOf(face) },
                stop
            )
            .ConfigureAwait(false);
        FaceEmbedding reference = picture.Faces!.FirstOrDefault(found => found.Embedding is not null)?.Embedding
            ?? throw new NoFaceException(who);
        return (other, _) => ValueTask.FromResult(analyzer.Matcher.Compare(other, reference, options));
    }

    private static string TextOf(FoundPicture picture) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{picture.Decision.Score, 7:0.0000}  {picture.Picture}{(picture.Decision.Match ? "" : "  (below the threshold)")}"
        );

    private static string Summary(FindReport report, int matches)
    {
        string text = $"found on {matches} of {Counted.Of(report.Pictures, "picture")}, {Counted.Of(report.Faces, "face")} compared";
        if (report.Found.Count > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", threshold {report.Found[0].Decision.Threshold:0.0000}");
        return report.ExpectedMistakes is { } mistakes
            ? text + string.Create(CultureInfo.InvariantCulture, $"; about {mistakes:0.####} strangers are expected to pass at this rate")
            : text;
    }

    private static FoundDocument DocumentOf(FoundPicture picture) =>
        new()
        {
            Input = picture.Picture,
            Face = picture.Face,
            Box = picture.Box,
            Match = picture.Decision.Match,
            Similarity = Math.Round(picture.Decision.Similarity, 4),
            Score = Math.Round(picture.Decision.Score, 4),
            Threshold = Math.Round(picture.Decision.Threshold, 4),
            FalseMatchRate = picture.Decision.FalseMatchRate,
            Probability = picture.Decision.Probability is { } p ? Math.Round(p, 6) : null,
        };
}
