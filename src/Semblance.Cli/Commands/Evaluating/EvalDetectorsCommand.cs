using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Detection;
using Semblance.Evaluation.Detectors;
using Semblance.Evaluation.Json;
using Semblance.Models;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary><c>semblance eval detectors</c>: all detectors side by side, by what the whole line makes of them.</summary>
internal static class EvalDetectorsCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder with the sets, as folders or tar archives: wider-val50, photos, lfw-view1, cfp-train.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<string?> Detectors = new("--detectors")
    {
        Description =
            "Detectors by catalogue id, separated by commas; times are ratios to the first. [default: all that are installed, the "
            + "default first]",
        HelpName = "ID,…",
    };

    private static readonly Option<string?> Yardstick = new("--yardstick")
    {
        Description = "Detector whose landmarks on photos count as true. [default: none, landmarks are not measured]",
        HelpName = "ID",
    };

    private static readonly Option<string[]> FaceFree = new("--face-free")
    {
        Description = "Further pictures without a face, beside those of photos whose names begin with no_face.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int?> Sample = new("--sample")
    {
        Description = "Most pictures, pairs of a kind or people of a set, at even distances. [default: all]",
        HelpName = "N",
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "Times that each photograph is timed with each detector; 0 takes no times and no memory.",
        HelpName = "N",
        DefaultValueFactory = _ => DetectorComparisonRequest.DefaultRepetitions,
    };

    public static Command Create()
    {
        Command command = new(
            "detectors",
            "Puts all detectors side by side: faces found, landmarks, verification through them, false faces, time, memory, size.\n\n"
                + "Example: semblance eval detectors --data data/ --detectors mtcnn,retinaface-wider --threads 1"
        )
        {
            Data,
            Detectors,
            Yardstick,
            FaceFree,
            Sample,
            Rounds,
            EvalOptions.Seed,
            EvalOptions.Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
            AnalyzerOptions.MaxPixels,
            AnalyzerOptions.Device,
        };
        foreach (Option option in EvalOptions.ForRuns)
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        ModelCatalog catalog = AnalyzerOptions.Catalog(settings);
        using PictureProgress progress = new("pictures", settings.Quiet);
        DetectorComparisonReport report = await DetectorComparison
            .RunAsync(
                new()
                {
                    DataFolder = parsed.GetRequiredValue(Data),
                    Detectors = Chosen(parsed, catalog),
                    Analyzer = (id, threads) =>
                        AnalyzerOptions
                            .Configure(settings)
                            .UseDetector(id)
                            .UseExecution(AnalyzerOptions.Execution(settings) with { Threads = threads })
                            .Build(),
                    Yardstick = parsed.GetValue(Yardstick) is { } yardstick ? catalog.Find(yardstick, ModelKind.Detector) : null,
                    FaceFree = parsed.GetValue(FaceFree) ?? [],
                    Run = EvalOptions.Run(parsed, settings, progress),
                    Sample = parsed.GetValue(Sample),
                    Seed = parsed.GetValue(EvalOptions.Seed),
                    Repetitions = parsed.GetValue(Rounds),
                    PeakMemory = PeakMemory.OfDetectionAsync,
                    Stage = settings.Quiet ? null : new StageLines(),
                },
                stop
            )
            .ConfigureAwait(false);
        progress.Dispose();
        if (parsed.GetValue(EvalOptions.Json))
            Console.Out.WriteLine(EvaluationJson.SerializeIndented(report));
        else
            Console.Out.Write(DetectorTable.Of(report));
        foreach (string absent in report.Absent)
            Messages.Hint($"not measured, because the data was not there: {absent}");
        foreach ((string name, string why) in report.Unreadable.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            Messages.Error($"{name}: {why}");
        return (int)(report.Unreadable.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed);
    }

    private static InstalledModel[] Chosen(ParseResult parsed, ModelCatalog catalog)
    {
        if (parsed.GetValue(Detectors) is { } ids)
            return
            [
                .. ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(id => catalog.Find(id, ModelKind.Detector)),
            ];
        string first = FaceDetectors.DefaultIn(catalog);
        return
        [
            .. catalog
                .List()
                .Where(model => model.Manifest.Kinds.Contains(ModelKind.Detector))
                .OrderByDescending(model => model.Id == first)
                .ThenBy(model => model.Id, StringComparer.Ordinal),
        ];
    }
}
