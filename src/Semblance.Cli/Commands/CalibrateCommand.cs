using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Verification;
using Semblance.Models;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance models calibrate</c>: measures thresholds and writes them into the manifest.</summary>
internal static class CalibrateCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Embedder to calibrate." };
    private static readonly Option<string> Pairs = new("--pairs")
    {
        Description = "CSV with image_a,image_b,same; names the pictures.",
        HelpName = "FILE",
        Required = true,
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
                + "comparisons, all pairs of one person "
                + "mated ones.\n\nExample: semblance models calibrate mobilefacenet-512 --pairs pairs-train.csv --images lfw/"
        )
        {
            Id,
            Pairs,
            Images,
            Data,
            DryRun,
            Manifest,
            AnalyzerOptions.Flip,
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), stop));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        string id = parsed.GetRequiredValue(Id),
            pairsFile = parsed.GetRequiredValue(Pairs);
        IReadOnlyList<LabelledPair> pairs = LabelledPair.Read(pairsFile);
        string[] images = [.. pairs.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Distinct().Order(StringComparer.Ordinal)];
        using FaceAnalyzer analyzer = AnalyzerOptions.Configure(settings).UseEmbedder(id).Build();
        IReadOnlyDictionary<string, AnalyzedFace?> faces = PairEmbedding.Run(
            analyzer,
            settings,
            parsed.GetRequiredValue(Images),
            images,
            FaceChoice.Center,
            stop
        );
        CheckPeople(pairs);
        LabelledEmbedding[] set =
        [
            .. images
                .Where(image => faces[image] is not null)
                .Select(image => new LabelledEmbedding(image, PersonOf(image), faces[image]!.Embedding!)),
        ];
        string data = parsed.GetValue(Data) ?? $"{Path.GetFileName(pairsFile)}, detector {analyzer.Detector.Id}";
        CalibrationResult result = ThresholdCalibration.Calibrate(set, data, stop);
        Print(result, images.Length - set.Length);
        if (parsed.GetValue(DryRun))
            return (int)ExitCode.Done;
        InstalledModel model = ModelCatalog.Default.Find(id);
        string path = parsed.GetValue(Manifest) ?? model.ManifestPath;
        ModelManifest manifest = ModelManifest.Read(path);
        if (manifest.Id != model.Id)
            throw new UsageException($"{path} is the manifest of '{manifest.Id}', not of '{model.Id}'");
        (manifest with { Calibration = result.Calibration }).Write(path);
        Console.Out.WriteLine($"written to {path}");
        return (int)ExitCode.Done;
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
