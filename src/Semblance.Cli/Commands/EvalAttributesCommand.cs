using System.CommandLine;
using System.Numerics;
using System.Runtime.ExceptionServices;
using System.Text.Json.Serialization;
using Semblance.Attributes;
using Semblance.Cli.Output;
using Semblance.Evaluation;
using Semblance.Evaluation.Attributes;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance eval attributes</c>: estimates against labels.</summary>
internal static class EvalAttributesCommand
{
    private const string NoFace = "no face found";

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
    private static readonly Option<string> Images = new("--images")
    {
        Description = "Folder that the names are relative to.",
        HelpName = "DIR",
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

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object." };

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
            Images,
            Split,
            Aligned,
            Mix,
            Json,
            AnalyzerOptions.AttributeModels,
            AnalyzerOptions.EmotionLabels,
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), stop));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        ModelKind kind = Enum.Parse<ModelKind>(parsed.GetValue(Attribute)!, ignoreCase: true);
        FaceFeatures feature = Enum.Parse<FaceFeatures>(parsed.GetValue(Attribute)!, ignoreCase: true);
        string folder = parsed.GetRequiredValue(Images);
        IReadOnlyList<LabelledFace> labels = LabelledFace.Read(parsed.GetRequiredValue(Labels), kind, parsed.GetValue(Split));
        LabelledFace? missing = labels.FirstOrDefault(face => !File.Exists(Path.Combine(folder, face.File)));
        if (missing is not null)
            throw new EvaluationException($"{missing.File} not found below {folder}");
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        AttributeModelChoice.Require(analyzer, settings, feature);
        if (!settings.Quiet)
            AttributeNotice.Show(analyzer, feature);
        FaceAttributes?[] found = Estimate(
            analyzer,
            settings,
            [.. labels.Select(face => Path.Combine(folder, face.File))],
            kind,
            feature,
            parsed.GetValue(Aligned),
            stop
        );
        object report = kind switch
        {
            ModelKind.Age => AttributeProtocol.Age(Pair(face => face.Age), parsed.GetValue(Mix) is { Length: > 0 } mix ? mix : null),
            ModelKind.Gender => AttributeProtocol.Gender(Pair(face => face.Gender)),
            _ => AttributeProtocol.Emotion(Pair(face => face.Emotion)),
        };
        if (parsed.GetValue(Json))
            Console.Out.WriteLine(JsonText.Of(report, AttributeReportJson.Default.GetTypeInfo(report.GetType())!));
        else
            AttributeReportText.Write(Console.Out, report);
        return (int)ExitCode.Done;

        (LabelledFace, AttributeEstimate<T>)[] Pair<T>(Func<FaceAttributes, AttributeEstimate<T>?> choose)
            where T : class =>
            [.. labels.Select((label, i) => (label, found[i] is { } face ? choose(face)! : AttributeEstimate.NotKnown<T>(NoFace)))];
    }

    private static FaceAttributes?[] Estimate(
        FaceAnalyzer analyzer,
        Settings settings,
        string[] files,
        ModelKind kind,
        FaceFeatures feature,
        bool aligned,
        CancellationToken stop
    )
    {
        FaceAttributes?[] found = new FaceAttributes?[files.Length];
        using Progress progress = new("judging", files.Length, settings.Quiet);
        try
        {
            Parallel.For(0, files.Length, new ParallelOptions { MaxDegreeOfParallelism = settings.Threads, CancellationToken = stop }, i =>
            {
                using FaceImage image = FaceImage.FromFile(files[i], AnalyzerOptions.Decoding(settings));
                if (aligned)
                    found[i] = analyzer.AttributeModelFor(kind).EstimateCrops([image], stop)[0];
                else
                {
                    IReadOnlyList<AnalyzedFace> faces = analyzer.Analyze(image, feature, stop).Faces!;
                    Vector2 centre = new((image.Width - 1) / 2f, (image.Height - 1) / 2f);
                    if (faces.MinBy(face => Vector2.DistanceSquared(face.Box.Center, centre)) is { } face)
                        found[i] = new()
                        {
                            Age = face.Age,
                            Gender = face.Gender,
                            Emotion = face.Emotion,
                        };
                }
                progress.Advance();
            });
        }
        catch (AggregateException e)
        {
            // One picture that cannot be read ends the measurement; its own error says which and why.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        return found;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AgeReport))]
[JsonSerializable(typeof(GenderReport))]
[JsonSerializable(typeof(EmotionReport))]
internal sealed partial class AttributeReportJson : JsonSerializerContext;
