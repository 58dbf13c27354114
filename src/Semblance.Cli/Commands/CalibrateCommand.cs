using System.CommandLine;
using Semblance.Cli.Commands.Evaluating;
using Semblance.Cli.Output;
using Semblance.Embedding;
using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Verification;
using Semblance.Models;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models calibrate</c>: measures thresholds and writes them into the manifest.</summary>
internal static class CalibrateCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Embedder to calibrate." };
    private static readonly Option<string?> Pairs = new("--pairs")
    {
        Description = "CSV with image_a,image_b,same; names the pictures. Thresholds are of similarities, without a cohort.",
        HelpName = "FILE",
    };
    private static readonly Option<string?> Labels = new("--labels")
    {
        Description =
            "CSV with file and any of person, gender, age or age_group, race, margin, copies: makes a cohort of strangers, and "
            + "thresholds of scores on strangers who are alike in these.",
        HelpName = "FILE",
    };
    internal static readonly Option<string[]> Degrade = new("--degrade")
    {
        Description = "With --labels: how copies of the pictures are made worse, taken in turn.",
        HelpName = "LIST",
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result => result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToArray(),
        DefaultValueFactory = _ =>
            [
                "blur:2",
                "mask",
                "size:28",
                "noise:40",
                "blur:4",
                "jpeg:5",
                "mask",
                "size:20",
                "gamma:2.5",
                "blur:6",
                "mask",
                "size:16",
                "noise:20",
                "jpeg:10",
                "blur:3",
                "mask",
                "size:12",
                "gamma:0.4",
                "blur:8",
                "grey",
            ],
    };
    internal static readonly Option<int> Copies = new("--copies")
    {
        Description = "With --labels: degraded copies of every picture that does not say itself.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<int> Half = new("--half")
    {
        Description = "With --labels: which half of the people makes the cohort, 1 or 2; each measures the other.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<string> Images = new("--images")
    {
        Description = "Folder that the names are relative to; a person is a folder of pictures.",
        HelpName = "DIR",
        Required = true,
    };
    private static readonly Option<string?> Data = new("--data")
    {
        Description = "What was measured, in words, for the manifest.",
        HelpName = "TEXT",
    };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show the table, leave the manifest as it is." };
    private static readonly Option<string?> Manifest = new("--manifest")
    {
        Description = "Write into this model.json instead of the installed one.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        Command command = new(
            "calibrate",
            "Measures an embedder's thresholds on labelled pictures: all pairs of different people of the set are non-mated "
                + "comparisons, all pairs of one person mated ones.\n\nExample: semblance models calibrate mobilefacenet-512 --pairs "
                + "pairs-train.csv --images lfw/"
        )
        {
            Id,
            Pairs,
            Labels,
            Degrade,
            Copies,
            Half,
            Images,
            Data,
            DryRun,
            Manifest,
            AnalyzerOptions.Flip,
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        string id = parsed.GetRequiredValue(Id);
        if (parsed.GetValue(Labels) is { } labels)
            return await RunScoresAsync(parsed, settings, id, labels, stop).ConfigureAwait(false);
        string pairsFile = parsed.GetValue(Pairs) ?? throw new UsageException("give --pairs, or --labels for scores with a cohort");
        IReadOnlyList<LabelledPair> pairs = LabelledPair.Read(pairsFile);
        string[] images = [.. pairs.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Distinct().Order(StringComparer.Ordinal)];
        using FaceAnalyzer analyzer = AnalyzerOptions.Configure(settings).UseEmbedder(id).Build();
        using PictureProgress progress = new("embedding", settings.Quiet);
        PictureRuns runs = new(analyzer, EvalOptions.Run(settings, progress));
        IReadOnlyDictionary<string, FaceRecord> faces = await runs.EmbedAsync(
                PictureSet.Open(parsed.GetRequiredValue(Images)).Pictures(images),
                stop
            )
            .ConfigureAwait(false);
        progress.Dispose();
        ExitCode code = EvalOptions.Failures(runs, images.Length);
        if (code == ExitCode.NoneUsable)
            return (int)code;
        CheckPeople(pairs);
        LabelledEmbedding[] set =
        [
            .. images
                .Where(image => faces[image].Vector is not null)
                .Select(image => new LabelledEmbedding(image, PersonOf(image), faces[image].Embedding!)),
        ];
        string data = parsed.GetValue(Data) ?? $"{Path.GetFileName(pairsFile)}, detector {analyzer.Detector.Id}";
        CalibrationResult result = ThresholdCalibration.Calibrate(set, data, stop);
        Print(result, images.Length - set.Length);
        if (parsed.GetValue(DryRun))
            return (int)code;
        (string path, ModelManifest manifest) = ManifestOf(parsed, id);
        // Thresholds of similarities do not go with a cohort.
        (
            manifest with
            {
                Schema = null,
                Cohort = null,
                Files = manifest.Files.Where(file => file.Key != EmbeddingCohort.FileRole).ToDictionary(),
                Calibration = result.Calibration,
            }
        ).Write(path);
        Console.Out.WriteLine($"written to {path}");
        return (int)code;
    }

    private static (string Path, ModelManifest Manifest) ManifestOf(ParseResult parsed, string id)
    {
        InstalledModel model = ModelCatalog.Default.Find(id);
        string path = parsed.GetValue(Manifest) ?? model.ManifestPath;
        ModelManifest manifest = ModelManifest.Read(path);
        return manifest.Id == model.Id
            ? (path, manifest)
            : throw new UsageException($"{path} is the manifest of '{manifest.Id}', not of '{model.Id}'");
    }

    private static async Task<int> RunScoresAsync(ParseResult parsed, Settings settings, string id, string labels, CancellationToken stop)
    {
        if (parsed.GetValue(Pairs) is not null)
            throw new UsageException("--pairs and --labels exclude one another");
        if (parsed.GetValue(Half) is not (1 or 2))
            throw new UsageException($"--half is {parsed.GetValue(Half)}, it is 1 or 2");
        ScoreCalibrationOptions options = new() { Half = parsed.GetValue(Half) };
        PictureDegradation[] degradations = [.. (parsed.GetValue(Degrade) ?? []).Select(PictureDegradation.Parse)];
        IReadOnlyList<CalibrationPicture> pictures = CalibrationPicture.Read(labels);
        using FaceAnalyzer analyzer = AnalyzerOptions.Configure(settings).UseEmbedder(id).Build();
        using PictureProgress progress = new("embedding", settings.Quiet);
        PictureRuns runs = new(analyzer, EvalOptions.Run(settings, progress));
        IReadOnlyList<CalibrationFace> faces = await CalibrationEmbedding
            .EmbedAsync(runs, PictureSet.Open(parsed.GetRequiredValue(Images)), pictures, degradations, parsed.GetValue(Copies), stop)
            .ConfigureAwait(false);
        progress.Dispose();
        ExitCode code = EvalOptions.Failures(runs, pictures.Count);
        if (code == ExitCode.NoneUsable)
            return (int)code;
        string data = parsed.GetValue(Data) ?? $"{Path.GetFileName(labels)}, detector {analyzer.Detector.Id}";
        ScoreCalibrationResult result = ScoreCalibration.Calibrate(faces, data, ScoreCalibration.DefaultStrangers, options, stop);
        ScoreCalibrationText.Print(result, Console.Out);
        if (parsed.GetValue(DryRun))
            return (int)code;
        (string path, ModelManifest manifest) = ManifestOf(parsed, id);
        ScoreCalibrationFiles.Write(manifest, path, result);
        Console.Out.WriteLine($"written to {path}");
        return (int)code;
    }

    /// <summary>Folders are taken as people, so pairs must not contradict them.</summary>
    private static void CheckPeople(IReadOnlyList<LabelledPair> pairs)
    {
        LabelledPair? wrong = pairs.FirstOrDefault(pair => pair.Same != (PersonOf(pair.ImageA) == PersonOf(pair.ImageB)));
        if (wrong is not null)
            throw new UsageException(
                $"{wrong.ImageA} and {wrong.ImageB} are labelled {(wrong.Same ? "same" : "different")}, but their folders say "
                    + $"otherwise; a person must be a folder"
            );
    }

    private static string PersonOf(string image) => Path.GetDirectoryName(image.Replace('\\', '/')) ?? "";

    private static void Print(CalibrationResult result, int missed)
    {
        ModelCalibration calibration = result.Calibration;
        Console.Out.WriteLine(
            $"{calibration.People:N0} people, {calibration.MatedPairs:N0} mated and {calibration.NonMatedPairs:N0} non-mated pairs; "
                + $"{missed} pictures without a face"
        );
        Console.Out.WriteLine("FMR      threshold   95 % interval over people   FNMR");
        for (int i = 0; i < calibration.Fmr.Count; i++)
        {
            IReadOnlyList<double> row = calibration.Fmr[i],
                interval = calibration.FmrInterval![i];
            Console.Out.WriteLine(
                $"{ResultText.Rate(row[0]), -8} {row[1]:0.0000}      {interval[1]:0.0000} to {interval[2]:0.0000}            "
                    + $"{calibration.Fnmr![i][1]:0.0000}"
            );
        }
        Console.Out.WriteLine(
            $"probability = 1 / (1 + exp(-({calibration.Probability.A:0.###} * similarity + {calibration.Probability.B:0.###}))), prior 1/2"
        );
        Console.Out.WriteLine("most similar pairs labelled as different people (wrong labels hide here):");
        foreach (SuspiciousPair pair in result.MostSimilarStrangers)
            Console.Out.WriteLine($"  {pair.Similarity:0.0000}  {pair.ImageA}  {pair.ImageB}");
    }
}
