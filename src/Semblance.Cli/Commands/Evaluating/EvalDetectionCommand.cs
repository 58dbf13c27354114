using System.CommandLine;
using System.Diagnostics;
using Semblance.Detection;
using Semblance.Evaluation.Detection;
using Semblance.Evaluation.Json;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Running;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary><c>semblance eval detection</c>: whether faces are found.</summary>
internal static class EvalDetectionCommand
{
    private static readonly Option<string?> Truth = new("--truth")
    {
        Description = "Labelled faces: WIDER FACE's text, RetinaFace's label.txt, or CSV with file,x,y,width,height[,ignore].",
        HelpName = "FILE",
    };

    private static readonly Option<string?> WiderLists = new("--wider-lists")
    {
        Description =
            "WIDER FACE's own evaluation instead: its folder ground_truth with wider_face_val.mat and the lists for easy, medium, hard.",
        HelpName = "DIR",
    };

    private static readonly Option<int[]> MinHeight = new("--min-height")
    {
        Description = "Heights in pixels; figures are given for faces at least so high. [default: 16,32]",
        HelpName = "PX,…",
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Select(int.Parse)];
            }
            catch (Exception e) when (e is FormatException or OverflowException)
            {
                result.AddError("--min-height takes whole numbers separated by commas");
                return [];
            }
        },
    };

    public static Command Create()
    {
        Command command = new(
            "detection",
            "Average precision of a detector.\n\nExample: semblance eval detection --truth wider_val_bbx_gt.txt --images "
                + "WIDER_val/images --min-height 16,32"
        )
        {
            Truth,
            WiderLists,
            EvalOptions.Images,
            MinHeight,
            EvalOptions.Json,
        };
        foreach (Option option in (Option[])[.. EvalOptions.ForReports, .. EvalOptions.ForRuns, .. AnalyzerOptions.ForDetection])
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        Settings settings = new(parsed);
        string? truthFile = parsed.GetValue(Truth),
            lists = parsed.GetValue(WiderLists);
        if (truthFile is null == lists is null)
            throw new UsageException("either --truth or --wider-lists says where faces are");
        IReadOnlyList<TruthImage>? truth = truthFile is null ? null : DetectionTruth.Read(truthFile);
        PictureSet set = PictureSet.Open(parsed.GetRequiredValue(EvalOptions.Images));
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        DetectionOptions options = new()
        {
            MinScore = settings.Get(AnalyzerOptions.MinScore, null) ?? analyzer.Detector.ScoreFloor,
            MinFaceSize = settings.Get(AnalyzerOptions.MinFace, null),
        };
        using PictureProgress progress = new("detecting", settings.Quiet);
        PictureRuns runs = new(analyzer, EvalOptions.Run(parsed, settings, progress));
        if (truth is null)
            return await WiderAsync(parsed, runs, set, lists!, options, stop).ConfigureAwait(false);
        int[] heights = parsed.GetValue(MinHeight) is { Length: > 0 } asked ? asked : [16, 32];
        string id = Path.GetFileNameWithoutExtension(truthFile!);
        (MeasuredPart part, DetectionReport report) = await DetectionPart
            .MeasureAsync(runs, new(id, $"Labelled faces of {Path.GetFileName(truthFile)}.", set), truth, options, heights, "", stop)
            .ConfigureAwait(false);
        progress.Dispose();
        ExitCode code = EvalOptions.Failures(runs, report.Images);
        if (code == ExitCode.NoneUsable)
            return (int)code;
        if (parsed.GetValue(EvalOptions.Json))
            Console.Out.WriteLine(EvaluationJson.SerializeIndented(report));
        else
        {
            Console.Out.WriteLine($"pictures {report.Images}, faces {report.Faces}, lowest score {report.ScoreFloor:0.00}");
            foreach (string height in report.Ap.Keys)
                Console.Out.WriteLine(
                    $"from {height, 3} px: AP {report.Ap[height]:0.0000}, recall at one false detection a picture "
                        + $"{report.RecallAt1FalsePositivePerImage[height]:0.0000}"
                );
        }
        EvalOptions.Write(
            parsed,
            $"Detection with {analyzer.Detector.Id} on {id}",
            [part],
            analyzer,
            FaceFeatures.None,
            Stopwatch.GetElapsedTime(start)
        );
        return (int)code;
    }

    private static async Task<int> WiderAsync(
        ParseResult parsed,
        PictureRuns runs,
        PictureSet set,
        string lists,
        DetectionOptions options,
        CancellationToken stop
    )
    {
        if (parsed.GetValue(EvalOptions.Report) is not null)
            throw new UsageException("--report goes with --truth, not with --wider-lists");
        Dictionary<string, double> results = [];
        int pictures = 0;
        foreach (string setting in WiderFaceTruth.Settings)
        {
            IReadOnlyList<WiderFaceTruth> truth = WiderFaceTruth.Read(lists, setting);
            pictures = truth.Count;
            IReadOnlyDictionary<string, DetectionRecord> found = await runs.DetectAsync(
                    set.Pictures([.. truth.Select(image => image.File)]),
                    options,
                    stop
                )
                .ConfigureAwait(false);
            results[setting] = WiderFaceProtocol.AveragePrecision([.. truth.Select(image => (image, found[image.File].Faces))]);
        }
        if (parsed.GetValue(EvalOptions.Json))
            Console.Out.WriteLine(EvaluationJson.SerializeIndented(results));
        else
            foreach ((string setting, double ap) in results)
                Console.Out.WriteLine($"{setting}: AP {ap:0.0000}");
        return (int)EvalOptions.Failures(runs, pictures);
    }
}
