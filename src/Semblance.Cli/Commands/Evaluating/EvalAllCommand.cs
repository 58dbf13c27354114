using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Evaluation.Pack;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Reporting;
using Semblance.Gallery.Identifying;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary><c>semblance eval all</c>: everything that can be measured on a folder of data, in one report.</summary>
internal static class EvalAllCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description =
            "Folder with the sets, as folders or tar archives: lfw-view1 and lfw-gender.csv, utkface, "
            + "cfp-train, wider-val50, fer2013, emotion-colour.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<int?> Sample = new("--sample")
    {
        Description = "Most pictures of a set, at even distances; the report says so. [default: all]",
        HelpName = "N",
    };

    public static Command Create()
    {
        Command command = new(
            "all",
            "Measures everything that a folder of data allows and writes one report, without pictures of anybody.\n\nExample: semblance "
                + "eval all --data data/ --report docs/report"
        )
        {
            Data,
            Sample,
            EvalOptions.Report,
            EvalOptions.Draws,
            EvalOptions.Seed,
            EvalOptions.MinPeople,
            EvalOptions.Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
            AnalyzerOptions.AttributeModels,
        };
        foreach (Option option in (Option[])[.. EvalOptions.ForRuns, .. AnalyzerOptions.ForDetection])
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        using PictureProgress progress = new("pictures", settings.Quiet);
        string folder = parsed.GetRequiredValue(Data);
        EvaluationReport report = await PackEvaluation
            .RunAsync(
                new()
                {
                    DataFolder = folder,
                    Analyzer = labels =>
                        AnalyzerOptions
                            .Configure(settings)
                            .UseAttributes(new Attributes.AttributeOptions { EmotionLabels = labels })
                            .Build(),
                    GalleryRule = (analyzer, people) =>
                        EvalIdentificationCommand.Rule(analyzer, people, IdentifyOptions.DefaultFalsePositiveIdentificationRate),
                    Run = EvalOptions.Run(parsed, settings, progress),
                    Parts = EvalOptions.Parts(parsed, settings) with { Pictures = ErrorPictures.None },
                    Sample = parsed.GetValue(Sample),
                    Stage = settings.Quiet ? null : new StageLines(),
                    Command = Command(parsed),
                    Version = ProductVersion.Text,
                },
                stop
            )
            .ConfigureAwait(false);
        progress.Dispose();
        if (parsed.GetValue(EvalOptions.Json))
            Console.Out.WriteLine(ReportJson.Write(report).TrimEnd());
        else
            foreach ((string name, ReportFigure figure) in report.Figures().Where(figure => !figure.Value.IsDetail))
                Console.Out.WriteLine($"{name}: {ReportText.Value(figure)}  {ReportText.Interval(figure)}".TrimEnd());
        if (parsed.GetValue(EvalOptions.Report) is { } target)
        {
            ReportFolder.Write(report, target);
            Messages.Hint($"report written to {Path.Combine(target, ReportFolder.PageName)}");
        }
        return (int)ExitCode.Done;
    }

    /// <summary>The command without the paths of this machine.</summary>
    private static string Command(ParseResult parsed)
    {
        string command = "semblance eval all --data DATA --report REPORT";
        if (parsed.GetValue(Sample) is { } sample)
            command += $" --sample {sample}";
        return command;
    }
}
