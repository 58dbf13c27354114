using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Gallery;
using Semblance.Gallery.Documents;
using Semblance.Gallery.Identifying;
using Semblance.Imaging;
using Semblance.Matching;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery verify</c>: does a picture show a certain person?</summary>
internal static class VerifyPersonCommand
{
    private static readonly Argument<string> Picture = new("PICTURE") { Description = "The picture." };

    private static readonly Option<double?> Fmr = new("--fmr")
    {
        Description =
            "False match rate: how often somebody else may pass as the person; shared among the references that are compared. [default: "
            + "1e-4]",
        HelpName = "RATE",
    };

    private static readonly Option<double?> Threshold = new("--threshold")
    {
        Description = "Own threshold instead of a rate: lowest cosine, -1 to 1.",
        HelpName = "T",
    };

    private static readonly Option<string> Face = VerifyCommand.Choice(
        "--face",
        "Which face where there are several: largest or center.",
        "largest",
        "largest",
        "center"
    );

    public static Command Create()
    {
        Command command = new Command(
            "verify",
            "Says whether a picture shows a certain person. Exit code 0: it does, 1: it shows somebody else.\n\nExample: semblance "
                + "gallery verify --store sqlite:people.db Ada door.jpg"
        )
        {
            GalleryAccess.Person,
            Picture,
            Fmr,
            Threshold,
            FusionOption.Fusion,
            Face,
            GalleryAccess.Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        }.WithStore();
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        PersonVerificationOptions options = OptionsOf(settings);
        string picture = parsed.GetRequiredValue(Picture);
        await using OpenGallery open = await GalleryAccess.OpenWithAnalyzerAsync(settings, stop).ConfigureAwait(false);
        Person person = await GalleryAccess
            .ResolveAsync(open.Gallery, parsed.GetRequiredValue(GalleryAccess.Person), stop)
            .ConfigureAwait(false);
        PersonVerification answer = await open
            .Gallery.VerifyAsync(
                open.Analyzer,
                PictureItem.FromFile(picture),
                person.Id,
                options,
                VerifyCommand.FaceChoiceOf(settings.Get(Face, "largest")),
                stop
            )
            .ConfigureAwait(false);
        Console.Out.WriteLine(
            parsed.GetValue(GalleryAccess.Json)
                ? GalleryJson.Indented(PersonVerificationDocument.Of(answer, picture))
                : ResultText.Of(answer, picture)
        );
        return (int)VerifyCommand.CodeOf(answer.Decision.Decision);
    }

    private static PersonVerificationOptions OptionsOf(Settings settings)
    {
        double? rate = settings.Get(Fmr, null),
            threshold = settings.Get(Threshold, null);
        if (rate is not null && threshold is not null)
            throw new UsageException("--fmr and --threshold exclude one another");
        if (rate is not null and not (> 0 and < 1))
            throw new UsageException($"--fmr is {rate}, a rate lies between 0 and 1");
        if (threshold is not null and not (>= -1 and <= 1))
            throw new UsageException($"--threshold is {threshold}, a cosine lies between -1 and 1");
        return new()
        {
            FalseMatchRate = rate ?? MatchOptions.DefaultFalseMatchRate,
            Threshold = threshold,
            Fusion = FusionOption.Of(settings),
        };
    }
}
