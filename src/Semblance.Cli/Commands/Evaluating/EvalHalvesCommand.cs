using System.CommandLine;
using Semblance.Evaluation;
using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Json;
using Semblance.Evaluation.Running;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary><c>semblance eval halves</c>: whether calibrated rates hold for people who gave nothing to the calibration.</summary>
internal static class EvalHalvesCommand
{
    private static readonly Option<string> Labels = new("--labels")
    {
        Description =
            "CSV with file and any of person, gender, age or age_group, race, margin, copies, as models calibrate takes it; somebody needs "
            + "two pictures.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<double> CopiesFrom = new("--second-from")
    {
        Description = "Cosine from which two pictures without names are taken for pictures of one person and not compared.",
        HelpName = "C",
        DefaultValueFactory = _ => HalvesOptions.DefaultCopySimilarity,
    };

    public static Command Create()
    {
        Command command = new(
            "halves",
            "People are divided into two halves; each makes cohort and thresholds as models calibrate does, and is measured with those of "
                + "the other: by age, gender, race and condition of the pictures. A bound of three times the rate is broken where the "
                + "lower end of the 95 % interval lies above it.\n\nExample: semblance eval halves --labels labels.csv --images faces/"
        )
        {
            Labels,
            EvalOptions.Images,
            CalibrateCommand.Degrade,
            CalibrateCommand.Copies,
            CopiesFrom,
            EvalOptions.Draws,
            EvalOptions.Seed,
            EvalOptions.MinPeople,
            EvalOptions.Json,
            AnalyzerOptions.Embedder,
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
        HalvesOptions options = new()
        {
            // The thresholds' own intervals are not shown, so people are not resampled for them.
            Calibration = ScoreCalibrationOptions.Default with { Resamples = 1, Seed = parsed.GetValue(EvalOptions.Seed) },
            Groups = EvalOptions.Resampling(parsed, settings),
            CopySimilarity = parsed.GetValue(CopiesFrom),
        };
        options.Validate();
        PictureDegradation[] degradations = [.. (parsed.GetValue(CalibrateCommand.Degrade) ?? []).Select(PictureDegradation.Parse)];
        IReadOnlyList<CalibrationPicture> pictures = CalibrationPicture.Read(parsed.GetRequiredValue(Labels));
        if (pictures.GroupBy(picture => picture.File).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new EvaluationException($"{twice.Key} stands in the labels twice");
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        using PictureProgress progress = new("embedding", settings.Quiet);
        PictureRuns runs = new(analyzer, EvalOptions.Run(settings, progress));
        IReadOnlyList<CalibrationFace> faces = await CalibrationEmbedding
            .EmbedAsync(
                runs,
                PictureSet.Open(parsed.GetRequiredValue(EvalOptions.Images)),
                pictures,
                degradations,
                parsed.GetValue(CalibrateCommand.Copies),
                stop
            )
            .ConfigureAwait(false);
        progress.Dispose();
        ExitCode code = EvalOptions.Failures(runs, pictures.Count);
        if (code == ExitCode.NoneUsable)
            return (int)code;
        HalvesReport report = HalvesMeasurement.Measure(
            faces,
            pictures.ToDictionary(picture => picture.File, picture => picture.Groups),
            options,
            stop
        );
        if (parsed.GetValue(EvalOptions.Json))
            Console.Out.WriteLine(EvaluationJson.SerializeIndented(report));
        else
            HalvesText.Print(report, Console.Out);
        return (int)code;
    }
}
