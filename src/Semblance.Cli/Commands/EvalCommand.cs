using System.Collections.Concurrent;
using System.CommandLine;
using System.Text.Json.Serialization;
using Semblance.Cli.Output;
using Semblance.Detection;
using Semblance.Evaluation;
using Semblance.Evaluation.Detection;
using Semblance.Evaluation.Verification;
using Semblance.Imaging;
using Semblance.Matching;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance eval</c>: measures on labelled pictures.</summary>
internal static class EvalCommand
{
    private static readonly Option<string> Pairs = new("--pairs")
    {
        Description = "CSV with image_a,image_b,same[,fold].",
        HelpName = "FILE",
        Required = true,
    };
    private static readonly Option<string> Images = new("--images")
    {
        Description = "Folder that the names are relative to.",
        HelpName = "DIR",
        Required = true,
    };
    private static readonly Option<string> Face = VerifyCommand.Choice(
        "--face",
        "Which face where there are several: center or largest.",
        "center",
        "center",
        "largest"
    );
    private static readonly Option<string> Truth = new("--truth")
    {
        Description = "Labelled faces: WIDER FACE's text, RetinaFace's label.txt, or CSV with file,x,y,width,height[,ignore].",
        HelpName = "FILE",
        Required = true,
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

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object." };

    public static Command Create()
    {
        Command verification = new(
            "verification",
            "Ten-fold verification accuracy on labelled pairs.\n\nExample: semblance eval verification --pairs pairs.csv --images lfw/"
        )
        {
            Pairs,
            Images,
            Face,
            Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        };
        Command detection = new(
            "detection",
            "Average precision of a detector.\n\nExample: semblance eval detection --truth wider_val_bbx_gt.txt --images "
                + "WIDER_val/images --min-height 16,32"
        )
        {
            Truth,
            Images,
            MinHeight,
            Json,
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
        {
            verification.Options.Add(option);
            detection.Options.Add(option);
        }
        verification.SetAction((parsed, stop) => Task.Run(() => Verification(parsed, stop), stop));
        detection.SetAction((parsed, stop) => Task.Run(() => Detection(parsed, stop), stop));
        return new Command("eval", "Measures on labelled pictures.")
        {
            verification,
            detection,
            EvalAttributesCommand.Create(),
            EvalClusteringCommand.Create(),
        };
    }

    private static int Verification(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        IReadOnlyList<LabelledPair> pairs = LabelledPair.Read(parsed.GetRequiredValue(Pairs));
        string[] images = [.. pairs.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Distinct()];
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        IReadOnlyDictionary<string, AnalyzedFace?> faces = PairEmbedding.Run(
            analyzer,
            settings,
            parsed.GetRequiredValue(Images),
            images,
            VerifyCommand.FaceChoiceOf(parsed.GetValue(Face)!),
            stop
        );
        VerificationReport report = VerificationProtocol.Evaluate(
            pairs,
            pair => faces[pair.ImageA]?.Embedding is { } a && faces[pair.ImageB]?.Embedding is { } b ? FaceSimilarity.Cosine(a, b) : null,
            faces.Where(face => face.Value is null).Select(face => face.Key).ToHashSet()
        );
        if (parsed.GetValue(Json))
            Console.Out.WriteLine(JsonText.Of(report, ReportJson.Default.VerificationReport));
        else
        {
            Console.Out.WriteLine($"pairs {report.Pairs}, pictures {report.Images}, without a face {report.Missed}");
            Console.Out.WriteLine(
                $"accuracy {report.Accuracy:0.0000} (standard deviation over folds {report.AccuracyStd:0.0000}), threshold "
                    + $"{report.Threshold:0.0000}"
            );
            Console.Out.WriteLine($"AUC {report.Auc:0.00000}, equal error rate {report.Eer:0.0000}");
            foreach ((string rate, double accepted) in report.TarAtFmr)
                Console.Out.WriteLine($"accepted at FMR {rate}: {accepted:0.0000}");
        }
        return (int)ExitCode.Done;
    }

    private static int Detection(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        IReadOnlyList<TruthImage> truth = DetectionTruth.Read(parsed.GetRequiredValue(Truth));
        string folder = parsed.GetRequiredValue(Images);
        TruthImage? missing = truth.FirstOrDefault(image => !File.Exists(Path.Combine(folder, image.File)));
        if (missing is not null)
            throw new EvaluationException($"{missing.File} not found below {folder}");
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        DetectionOptions options = new()
        {
            MinScore = settings.Get(AnalyzerOptions.MinScore, null) ?? analyzer.Detector.ScoreFloor,
            MinFaceSize = settings.Get(AnalyzerOptions.MinFace, null),
        };
        ConcurrentDictionary<string, IReadOnlyList<DetectedFace>> found = [];
        using (Progress progress = new("detecting", truth.Count, settings.Quiet))
        {
            Parallel.ForEach(truth, new ParallelOptions { MaxDegreeOfParallelism = settings.Threads, CancellationToken = stop }, image =>
            {
                using FaceImage picture = FaceImage.FromFile(Path.Combine(folder, image.File), AnalyzerOptions.Decoding(settings));
                found[image.File] = analyzer.Detector.Detect(picture, options, stop);
                progress.Advance();
            });
        }
        int[] heights = parsed.GetValue(MinHeight) is { Length: > 0 } asked ? asked : [16, 32];
        DetectionReport report = DetectionProtocol.Evaluate(
            [.. truth.Select(image => (image, found[image.File]))],
            heights,
            Math.Round((double)options.MinScore!.Value, 4)
        );
        if (parsed.GetValue(Json))
            Console.Out.WriteLine(JsonText.Of(report, ReportJson.Default.DetectionReport));
        else
        {
            Console.Out.WriteLine($"pictures {report.Images}, faces {report.Faces}, lowest score {report.ScoreFloor:0.00}");
            foreach (string height in report.Ap.Keys)
                Console.Out.WriteLine(
                    $"from {height, 3} px: AP {report.Ap[height]:0.0000}, recall at one false detection a picture "
                        + $"{report.RecallAt1FalsePositivePerImage[height]:0.0000}"
                );
        }
        return (int)ExitCode.Done;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(VerificationReport))]
[JsonSerializable(typeof(DetectionReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
