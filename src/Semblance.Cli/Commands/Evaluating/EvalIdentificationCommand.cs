using System.CommandLine;
using System.Diagnostics;
using Semblance.Cli.Inputs;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Gallery.Identifying;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary><c>semblance eval identification</c>: whether enrolled people are found and strangers left unnamed.</summary>
internal static class EvalIdentificationCommand
{
    private static readonly Option<string> Images = new("--images")
    {
        Description = "Folder with a folder of pictures for every person.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<double> Fpir = new("--fpir")
    {
        Description = "Rate of strangers who may get a name, by which the gallery's own rule sets its threshold.",
        HelpName = "F",
        DefaultValueFactory = _ => IdentifyOptions.DefaultFalsePositiveIdentificationRate,
    };

    public static Command Create()
    {
        Command command = new(
            "identification",
            "Open-set identification: who is it, or nobody known? One picture of every person with several is enrolled.\n\nExample: "
                + "semblance eval identification --images people/ --fpir 1e-2 --report report/ --no-pictures"
        )
        {
            Images,
            Fpir,
            EvalOptions.Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        };
        foreach (Option option in (Option[])[.. EvalOptions.ForReports, .. EvalOptions.ForRuns, .. AnalyzerOptions.ForDetection])
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), stop));
        return command;
    }

    /// <summary>The threshold of a gallery of so many references; null where the calibration does not reach so low a rate.</summary>
    public static (double Threshold, double Fpir)? Rule(FaceAnalyzer analyzer, int references, double fpir)
    {
        double rate = SearchRate.FalseMatchRateOf(fpir, references);
        return analyzer.Matcher.Thresholds is { } table && rate >= table.SmallestRate ? (table.ThresholdFor(rate), fpir) : null;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        Settings settings = new(parsed);
        string folder = parsed.GetRequiredValue(Images);
        PictureSet set = PictureSet.Open(folder);
        string[] images =
        [
            .. new InputExpander(recursive: true, () => [])
                .Expand([folder])
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')),
        ];
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        using PictureProgress progress = new("embedding", settings.Quiet);
        PictureRuns runs = new(analyzer, EvalOptions.Run(parsed, settings, progress));
        string id = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
        MeasuredPart part = await IdentificationPart
            .MeasureAsync(
                runs,
                new(id, "A folder of pictures for every person.", set),
                images,
                people => Rule(analyzer, people, parsed.GetValue(Fpir)),
                stop
            )
            .ConfigureAwait(false);
        progress.Dispose();
        ReportSection section = part.Sections[0];
        if (parsed.GetValue(EvalOptions.Json))
            Console.Out.WriteLine(ReportJson.Write(section).TrimEnd());
        else
            foreach (ReportFigure figure in section.Figures)
                Console.Out.WriteLine($"{figure.Label} ({figure.Id}): {ReportText.Value(figure)}  {ReportText.Interval(figure)}".TrimEnd());
        EvalOptions.Write(
            parsed,
            $"Identification with {analyzer.Embedder.Id} on {id}",
            [part],
            analyzer,
            FaceFeatures.None,
            Stopwatch.GetElapsedTime(start)
        );
        return (int)EvalOptions.Failures(runs, images.Length);
    }
}
