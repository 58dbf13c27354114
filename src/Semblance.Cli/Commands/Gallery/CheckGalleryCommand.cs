using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Gallery.Checking;
using Semblance.Gallery.Storage;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery check</c>: looks for mistakes of enrolment.</summary>
internal static class CheckGalleryCommand
{
    private static readonly Option<double?> OnePerson = new("--one-person")
    {
        Description = "Two people from this similarity on are taken for one. [default: by the calibration and the number of pairs]",
        HelpName = "T",
    };

    public static Command Create()
    {
        Command command = new Command(
            "check",
            "Looks for duplicates, stray photographs, several people under one name, and one under two. Exit code 1: found "
                + "something.\n\nExample: semblance gallery check --store sqlite:people.db"
        )
        {
            OnePerson,
            GalleryAccess.Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        await using OpenGallery open = await GalleryAccess.OpenWithAnalyzerAsync(settings, stop).ConfigureAwait(false);
        GalleryCounts counts = (await open.Gallery.GetStatisticsAsync(stop).ConfigureAwait(false)).Counts;
        GalleryCheck check = new(open.Gallery, open.Analyzer.Matcher, new() { OnePersonSimilarity = settings.Get(OnePerson, null) });
        List<Finding> findings = [];
        using (Progress progress = new("checking", (int)counts.ActivePeople, settings.Quiet))
            await foreach (Finding finding in check.RunAsync(new EachStep(progress.Advance), stop).ConfigureAwait(false))
                findings.Add(finding);
        foreach (Finding finding in findings)
            Print(finding, parsed.GetValue(GalleryAccess.Json));
        if (!settings.Quiet)
            Messages.Hint($"{counts.ActivePeople} people and {counts.References} references checked, {findings.Count} findings");
        return (int)(findings.Count == 0 ? ExitCode.Done : ExitCode.No);
    }

    private static void Print(Finding finding, bool json) =>
        Console.Out.WriteLine(
            json
                ? GalleryJson.Line(
                    new
                    {
                        finding.Kind,
                        finding.Message,
                        similarity = finding.Similarity is { } similarity ? Math.Round(similarity, 4) : (double?)null,
                        people = finding.People.Select(person => new { person.Id, person.Name }),
                        references = finding.References.Select(reference => new { reference.Id, reference.Source }),
                    }
                )
                : $"{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Kind.ToString())}: {finding.Message}"
        );
}
