using System.CommandLine;
using Semblance.Annotation;
using Semblance.Cli.Output;
using Semblance.Files;
using Semblance.Json;
using Semblance.Matching;
using SkiaSharp;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance verify</c>: are two pictures of one person?</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> A = new("A") { Description = "First picture." };
    private static readonly Argument<string> B = new("B") { Description = "Second picture." };

    private static readonly Option<double?> Fmr = new("--fmr")
    {
        Description = "False match rate that may be accepted in single comparisons. [default: 1e-4]",
        HelpName = "RATE",
    };

    private static readonly Option<double?> Threshold = new("--threshold")
    {
        Description =
            "Own threshold instead of a rate: lowest score; for embedders without a cohort lowest cosine, or largest distance "
            + "with --metric l2.",
        HelpName = "T",
    };

    private static readonly Option<string> Metric = Choice(
        "--metric",
        "How the comparison is expressed: cosine or l2.",
        "cosine",
        "cosine",
        "l2"
    );

    private static readonly Option<string> Face = Choice(
        "--face",
        "Which face where there are several: largest, center, or all (the most similar pair decides, the rate is shared).",
        "largest",
        "largest",
        "center",
        "all"
    );

    private static readonly Option<string?> Annotate = new("--annotate")
    {
        Description = "Draw both pictures side by side with the faces that were compared.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON document." };

    public static Command Create()
    {
        Command command = new(
            "verify",
            "Says whether two pictures show one person. Exit code 0: same, 1: different, 6: the pictures do not allow an answer.\n\n"
                + "Example: semblance verify a.jpg b.jpg --fmr "
                + "1e-4"
        )
        {
            A,
            B,
            Fmr,
            Threshold,
            Metric,
            Face,
            Annotate,
            Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>An option with a few words to choose from.</summary>
    public static Option<string> Choice(string name, string description, string otherwise, params string[] words)
    {
        Option<string> option = new(name)
        {
            Description = description,
            DefaultValueFactory = _ => otherwise,
            HelpName = string.Join('|', words),
        };
        return option.AcceptOnlyFromAmong(words);
    }

    /// <summary>The face choice that a word stands for.</summary>
    public static FaceChoice FaceChoiceOf(string word) =>
        word switch
        {
            "largest" => FaceChoice.Largest,
            "center" => FaceChoice.Center,
            _ => FaceChoice.All,
        };

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        if (parsed.GetValue(Fmr) is not null && parsed.GetValue(Threshold) is not null)
            throw new UsageException("--fmr and --threshold exclude one another");
        double rate = settings.Get(Fmr, null) ?? MatchOptions.DefaultFalseMatchRate;
        if (!(rate is > 0 and < 1))
            throw new UsageException($"--fmr is {rate}, a rate lies between 0 and 1");
        string? annotate = parsed.GetValue(Annotate);
        if (annotate is not null)
            new AnnotationTarget(annotate, single: true).Validate();
        VerificationOptions options = new()
        {
            FalseMatchRate = rate,
            Threshold = settings.Get(Threshold, null),
            Metric = parsed.GetValue(Metric) == "l2" ? SimilarityMetric.L2 : SimilarityMetric.Cosine,
            Face = FaceChoiceOf(settings.Get(Face, "largest")),
            KeepImages = annotate is not null,
        };
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        using VerificationResult result = await analyzer
            .VerifyAsync(parsed.GetRequiredValue(A), parsed.GetRequiredValue(B), options, stop)
            .ConfigureAwait(false);
        Console.Out.WriteLine(parsed.GetValue(Json) ? SemblanceJson.SerializeIndented(result) : ResultText.Of(result));
        if (annotate is not null)
            SideBySide(result, annotate);
        return (int)CodeOf(result.Decision);
    }

    /// <summary>What the process says about an answer.</summary>
    public static ExitCode CodeOf(Decision decision) =>
        decision switch
        {
            Decision.Same => ExitCode.Done,
            Decision.Different => ExitCode.No,
            _ => ExitCode.CannotTell,
        };

    private static void SideBySide(VerificationResult result, string path)
    {
        using SKImage both = ComparisonPicture.Draw(
            result.A.Image!,
            result.A.Face.Detection,
            result.B.Image!,
            result.B.Face.Detection,
            result.Decision switch
            {
                Decision.Same => MarkStyle.Plain,
                Decision.Different => MarkStyle.Different,
                _ => MarkStyle.CannotTell,
            },
            ResultText.Caption(result)
        );
        using SKData data = both.Encode(FaceAnnotator.FormatOf(path), 92);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, data.SaveTo);
    }
}
