using System.CommandLine;
using System.Diagnostics;
using Semblance.Cli.Output;
using Semblance.Evaluation;
using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Json;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Running;
using Semblance.Models;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary><c>semblance eval attributes</c>: estimates against labels.</summary>
internal static class EvalAttributesCommand
{
    private static readonly Option<string> Attribute = VerifyCommand.Choice(
        "--attribute",
        "age, gender or emotion.",
        "age",
        "age",
        "gender",
        "emotion"
    );
    private static readonly Option<string> Labels = new("--labels")
    {
        Description = "CSV with file and the attribute's name; age, gender and race make groups.",
        HelpName = "FILE",
        Required = true,
    };
    private static readonly Option<string?> Split = new("--split")
    {
        Description = "Only rows whose column split is this.",
        HelpName = "NAME",
    };
    private static readonly Option<bool> Aligned = new("--aligned") { Description = "The pictures are face crops; nothing is detected." };
    private static readonly Option<double[]?> Mix = new("--mix")
    {
        Description = $"Shares of the age groups {string.Join(", ", AgeGroups.All)} to which the mean error is reweighted.",
        HelpName = "W,…",
        CustomParser = result =>
        {
            try
            {
                return
                [
                    .. result
                        .Tokens.SelectMany(token => token.Value.Split(','))
                        .Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
                ];
            }
            catch (FormatException)
            {
                result.AddError("--mix takes numbers separated by commas");
                return null;
            }
        },
    };

    private static readonly Option<string?> Degrade = new("--degrade")
    {
        Description =
            "Also make every picture worse, or frame it otherwise, in these ways, and show the figures of each, the worst first: blur:σ, "
            + "size:px, jpeg:q, noise:σ, gamma:g, grey, mask, zoom:factor, across:part, down:part.",
        HelpName = "WAY,…",
    };

    public static Command Create()
    {
        Command command = new(
            "attributes",
            "Measures apparent age, perceived gender or expression on labelled faces.\n\nExample: semblance eval attributes --attribute "
                + "age --labels labels.csv --images faces/ --aligned"
        )
        {
            Attribute,
            Labels,
            EvalOptions.Images,
            Split,
            Aligned,
            Mix,
            Degrade,
            EvalOptions.Json,
            AnalyzerOptions.AttributeModels,
            AnalyzerOptions.EmotionLabels,
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
        ModelKind kind = Enum.Parse<ModelKind>(parsed.GetValue(Attribute)!, ignoreCase: true);
        FaceFeatures feature = Enum.Parse<FaceFeatures>(parsed.GetValue(Attribute)!, ignoreCase: true);
        PictureDegradation[] conditions =
        [
            .. (parsed.GetValue(Degrade) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(PictureDegradation.Parse),
        ];
        PictureFraming framing = parsed.GetValue(Aligned) ? PictureFraming.Crops : PictureFraming.Photographs;
        string labelFile = parsed.GetRequiredValue(Labels);
        IReadOnlyList<LabelledFace> labels = LabelledFace.Read(labelFile, kind, parsed.GetValue(Split));
        PictureSet set = PictureSet.Open(parsed.GetRequiredValue(EvalOptions.Images));
        _ = set.Pictures([.. labels.Select(face => face.File)]);
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        AttributeModelChoice.Require(analyzer, settings, feature);
        TermsNotice.Show(settings, analyzer.AttributeModelsFor(feature));
        using PictureProgress progress = new("judging", settings.Quiet);
        PictureRuns runs = new(analyzer, EvalOptions.Run(parsed, settings, progress));
        string id = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(labelFile)))!;
        string answers = $"labels of {settings.Get(AnalyzerOptions.EmotionLabels, null) ?? "the default"}";
        IReadOnlyList<AttributeConditionReport>? rows = null;
        MeasuredPart part;
        object report;
        try
        {
            (part, report) = await AttributePart
                .MeasureAsync(
                    runs,
                    new(id, $"Labelled faces of {Path.GetFileName(labelFile)}.", set),
                    labels,
                    kind,
                    framing,
                    parsed.GetValue(Mix) is { Length: > 0 } mix ? mix : null,
                    answers,
                    EvalOptions.Parts(parsed, settings),
                    stop
                )
                .ConfigureAwait(false);
            if (conditions.Length > 0)
                rows = await AttributeConditionPart
                    .MeasureAsync(runs, set, labels, kind, framing, conditions, answers, stop)
                    .ConfigureAwait(false);
        }
        catch (EvaluationException) when (runs.Unreadable.Count == labels.Count)
        {
            return (int)EvalOptions.Failures(runs, labels.Count);
        }
        progress.Dispose();
        if (rows is not null && parsed.GetValue(EvalOptions.Json))
            Console.Out.WriteLine(EvaluationJson.SerializeIndented(rows));
        else if (parsed.GetValue(EvalOptions.Json))
            Console.Out.WriteLine(EvaluationJson.SerializeIndented(report));
        else
            AttributeReportText.Write(Console.Out, report);
        if (rows is not null && !parsed.GetValue(EvalOptions.Json))
            AttributeReportText.Write(Console.Out, rows);
        EvalOptions.Write(parsed, $"{parsed.GetValue(Attribute)} on {id}", [part], analyzer, feature, Stopwatch.GetElapsedTime(start));
        return (int)EvalOptions.Failures(runs, labels.Count);
    }
}
