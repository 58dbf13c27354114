using System.CommandLine;
using System.Diagnostics;
using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Json;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Verification;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary><c>semblance eval verification</c>: whether two pictures show one person.</summary>
internal static class EvalVerificationCommand
{
    private const string BinSet = ".bin";

    private static readonly Option<string> Pairs = new("--pairs")
    {
        Description = "CSV with image_a,image_b,same[,fold], or one of InsightFace's .bin sets.",
        HelpName = "FILE",
        Required = true,
    };
    private static readonly Option<string?> Images = new("--images")
    {
        Description = "Folder that the names of the CSV are relative to.",
        HelpName = "DIR",
    };
    private static readonly Option<string> Face = VerifyCommand.Choice(
        "--face",
        "Which face where there are several: center or largest.",
        "center",
        "center",
        "largest"
    );

    private static readonly Option<string?> Degrade = new("--degrade")
    {
        Description =
            "Also make every picture worse in these ways and judge the thresholds in use, poor pictures with one another and with "
            + "clear ones: blur:σ, size:px, jpeg:q, noise:σ, gamma:g, grey, mask, turn:degrees, mirror.",
        HelpName = "WAY,…",
    };

    public static Command Create()
    {
        Command command = new(
            "verification",
            "Ten-fold verification accuracy on labelled pairs; with --report also all pairs of their pictures, with --by by "
                + "group.\n\nExample: semblance eval verification --pairs pairs.csv --images lfw/ --by gender --labels gender.csv "
                + "--report lfw-report/ --no-pictures"
        )
        {
            Pairs,
            Images,
            Face,
            Degrade,
            EvalOptions.By,
            EvalOptions.GroupLabelsFile,
            EvalOptions.Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
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
        string file = parsed.GetRequiredValue(Pairs);
        PictureDegradation[] conditions =
        [
            .. (parsed.GetValue(Degrade) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(PictureDegradation.Parse),
        ];
        (IReadOnlyList<LabelledPair> pairs, PictureSet set, PictureFraming framing) =
            Path.GetExtension(file) == BinSet ? Bin(file) : Csv(file, parsed.GetValue(Images));
        if (conditions.Length > 0 && framing == PictureFraming.Crops)
            throw new UsageException("--degrade needs pictures, not the aligned crops of a .bin set");
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        using PictureProgress progress = new("embedding", settings.Quiet);
        PictureRuns runs = new(analyzer, EvalOptions.Run(parsed, settings, progress, VerifyCommand.FaceChoiceOf(parsed.GetValue(Face)!)));
        string id = Path.GetFileNameWithoutExtension(file);
        PartSource source = new(id, $"Pairs of {Path.GetFileName(file)}.", set, framing);
        PartOptions options = EvalOptions.Parts(parsed, settings);
        (MeasuredPart part, VerificationReport report) = await VerificationPart
            .MeasureAsync(runs, source, pairs, EvalOptions.Groups(parsed), options, stop)
            .ConfigureAwait(false);
        List<MeasuredPart> parts = [part];
        if (conditions.Length > 0)
        {
            string[] images = [.. pairs.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Distinct()];
            (MeasuredPart poor, IReadOnlyList<ConditionReport> rows) = await ConditionPart
                .MeasureAsync(runs, source, images, conditions, options, stop)
                .ConfigureAwait(false);
            parts.Add(poor);
            report = report with { Conditions = rows };
        }
        progress.Dispose();
        Print(parsed, report);
        if (parsed.GetValue(EvalOptions.By) is not null && !parsed.GetValue(EvalOptions.Json))
            foreach (string sentence in part.Sentences.Skip(1))
                Console.Out.WriteLine(sentence);
        EvalOptions.Write(
            parsed,
            $"Verification with {analyzer.Embedder.Id} on {id}",
            parts,
            analyzer,
            FaceFeatures.None,
            Stopwatch.GetElapsedTime(start)
        );
        return (int)EvalOptions.Failures(runs, report.Images);
    }

    private static (IReadOnlyList<LabelledPair>, PictureSet, PictureFraming) Csv(string file, string? images) =>
        images is null
            ? throw new UsageException("--images is needed: the folder that the names of the pairs are relative to")
            : (LabelledPair.Read(file), PictureSet.Open(images), PictureFraming.Photographs);

    private static (IReadOnlyList<LabelledPair>, PictureSet, PictureFraming) Bin(string file)
    {
        InsightFaceBin bin = InsightFaceBin.Read(file);
        return (
            [.. bin.Same.Select((same, i) => new LabelledPair($"{2 * i}", $"{2 * i + 1}", same))],
            PictureSet.Of(file, bin.Images.Select((image, i) => ($"{i}", (Func<ReadOnlyMemory<byte>>)(() => image))).ToDictionary()),
            PictureFraming.Crops
        );
    }

    private static void Print(ParseResult parsed, VerificationReport report)
    {
        if (parsed.GetValue(EvalOptions.Json))
        {
            Console.Out.WriteLine(EvaluationJson.SerializeIndented(report));
            return;
        }
        Console.Out.WriteLine($"pairs {report.Pairs}, pictures {report.Images}, without a face {report.Missed}");
        Console.Out.WriteLine(
            $"accuracy {report.Accuracy:0.0000} (standard deviation over folds {report.AccuracyStd:0.0000}), threshold "
                + $"{report.Threshold:0.0000}"
        );
        Console.Out.WriteLine($"AUC {report.Auc:0.00000}, equal error rate {report.Eer:0.0000}");
        foreach ((string rate, double accepted) in report.TarAtFmr)
            Console.Out.WriteLine($"accepted at FMR {rate}: {accepted:0.0000}");
        if (report.Conditions is { } conditions)
            ConditionText.Print(conditions);
    }
}
