using System.CommandLine;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Gallery.Identifying;
using Semblance.Imaging;
using Semblance.Json;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery identify</c>: who is in the pictures?</summary>
internal static class IdentifyCommand
{
    private static readonly Option<double?> Fpir = new("--fpir")
    {
        Description = "False positive identification rate: the fraction of strangers who may be given a name. [default: 1e-2]",
        HelpName = "RATE",
    };

    private static readonly Option<double?> Threshold = new("--threshold")
    {
        Description = "Own threshold instead of a rate: lowest cosine, -1 to 1.",
        HelpName = "T",
    };

    private static readonly Option<double?> Margin = new("--margin")
    {
        Description = "How much more similar the best person must be than the second. [default: 0]",
        HelpName = "M",
    };

    private static readonly Option<string?> Annotate = AnalyzeCommand.AnnotateOption();

    public static Command Create()
    {
        Command command = new Command(
            "identify",
            "Says who is in pictures. Exit code 0: every face is known (also where there is none), 1: at least one is not.\n\nExample: "
                + "semblance gallery identify --store sqlite:people.db party.jpg"
        )
        {
            InputOptions.Inputs,
            InputOptions.Recursive,
            InputOptions.Json,
            Annotate,
            Fpir,
            Threshold,
            Margin,
            FusionOption.Fusion,
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
        string[] inputs = parsed.GetRequiredValue(InputOptions.Inputs);
        IdentifyOptions options = OptionsOf(settings);
        IReadOnlyList<string> files = InputOptions.Expander(parsed).Expand(inputs);
        AnnotationTarget? target = parsed.GetValue(Annotate) is { } annotate ? new(annotate, files.Count == 1) : null;
        target?.Validate();
        ProtectedInputs protect = new(files);
        await using OpenGallery open = await GalleryAccess.OpenWithAnalyzerAsync(settings, stop).ConfigureAwait(false);
        bool json = parsed.GetValue(InputOptions.Json),
            single = InputExpander.IsSingleFile(inputs);
        int failed = 0,
            unknown = 0,
            cannotTell = 0;
        using Progress progress = new("identifying", files.Count, settings.Quiet);
        AnalysisOptions how = new() { KeepImage = target is not null };
        await foreach (
            ImageAnalysis found in open
                .Gallery.IdentifyManyAsync(open.Analyzer, files.Select(PictureItem.FromFile), options, how, stop)
                .ConfigureAwait(false)
        )
        {
            using ImageAnalysis analysis = found;
            if (analysis.Error is null)
                target?.Save(analysis, protect);
            progress.Advance();
            if (analysis.Error is { } error)
            {
                failed++;
                Messages.Error(error.Message);
            }
            unknown += analysis.Faces?.Count(face => face.Person?.Unknown is not null) ?? 0;
            cannotTell += analysis.Faces?.Count(face => face.Person?.CannotTell is not null) ?? 0;
            if (json)
                Console.Out.WriteLine(single ? SemblanceJson.SerializeIndented(analysis) : SemblanceJson.Serialize(analysis));
            else if (analysis.Error is null)
                Console.Out.WriteLine(ResultText.Of(analysis));
        }
        if (failed > 0)
            return (int)(failed < files.Count ? ExitCode.SomeFailed : ExitCode.NoneUsable);
        return (int)(
            unknown > 0 ? ExitCode.No
            : cannotTell > 0 ? ExitCode.CannotTell
            : ExitCode.Done
        );
    }

    private static IdentifyOptions OptionsOf(Settings settings)
    {
        double? rate = settings.Get(Fpir, null),
            threshold = settings.Get(Threshold, null),
            margin = settings.Get(Margin, null);
        if (rate is not null && threshold is not null)
            throw new UsageException("--fpir and --threshold exclude one another");
        if (rate is not null and not (> 0 and < 1))
            throw new UsageException($"--fpir is {rate}, a rate lies between 0 and 1");
        if (threshold is not null and not (>= -1 and <= 1))
            throw new UsageException($"--threshold is {threshold}, a cosine lies between -1 and 1");
        if (margin is not null and not (>= 0 and <= 2))
            throw new UsageException($"--margin is {margin}, it lies between 0 and 2");
        return new()
        {
            FalsePositiveIdentificationRate = rate ?? IdentifyOptions.DefaultFalsePositiveIdentificationRate,
            Threshold = threshold,
            MinimumMargin = margin ?? 0,
            Fusion = FusionOption.Of(settings),
        };
    }
}
