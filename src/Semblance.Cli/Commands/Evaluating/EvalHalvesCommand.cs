using System.CommandLine;
using System.Text.Json.Serialization;
using Semblance.Cli.Output;
using Semblance.Evaluation;
using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Degrading;

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
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), stop));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
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
        IReadOnlyList<CalibrationFace> faces = ScoreCalibrationFaces.Run(
            analyzer,
            settings,
            parsed.GetRequiredValue(EvalOptions.Images),
            pictures,
            degradations,
            parsed.GetValue(CalibrateCommand.Copies),
            stop
        );
        HalvesReport report = HalvesMeasurement.Measure(
            faces,
            pictures.ToDictionary(picture => picture.File, picture => picture.Groups),
            options,
            stop
        );
        if (parsed.GetValue(EvalOptions.Json))
            Console.Out.WriteLine(JsonText.Of(report, HalvesJson.Default.HalvesReport));
        else
            HalvesText.Print(report, Console.Out);
        return (int)ExitCode.Done;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(HalvesReport))]
internal sealed partial class HalvesJson : JsonSerializerContext;
