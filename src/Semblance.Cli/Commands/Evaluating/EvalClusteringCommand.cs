using System.CommandLine;
using System.Globalization;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Embedding;
using Semblance.Evaluation;
using Semblance.Evaluation.Clustering;
using Semblance.Evaluation.Json;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Verification;
using Semblance.Gallery.Clustering;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary><c>semblance eval clustering</c>: how well groups of faces agree with people.</summary>
internal static class EvalClusteringCommand
{
    private static readonly Option<string> Images = new("--images")
    {
        Description = "Folder with a folder of pictures for every person.",
        HelpName = "DIR",
        Required = true,
    };
    private static readonly Option<string?> Pairs = new("--pairs")
    {
        Description =
            "Only the pictures that this CSV of pairs names; a person is then the folder a picture lies in, else the first folder below "
            + "DIR.",
        HelpName = "FILE",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a rate, one line each." };

    private static readonly Option<double[]> Rates = new("--fmr")
    {
        Description =
            $"False match rates to set the threshold by, separated by commas. [default: {ClusteringOptions.DefaultFalseMatchRate:0e+0}]",
        HelpName = "F,…",
        CustomParser = result =>
        {
            try
            {
                return
                [
                    .. result
                        .Tokens.SelectMany(token => token.Value.Split(','))
                        .Select(text => double.Parse(text, CultureInfo.InvariantCulture)),
                ];
            }
            catch (FormatException)
            {
                result.AddError("--fmr takes numbers separated by commas, e.g. 1e-2,1e-3");
                return [];
            }
        },
    };

    public static Command Create()
    {
        Command command = new(
            "clustering",
            "Pairwise precision, recall and F-score of grouping.\n\nExample: semblance eval clustering --images people/ --fmr 1e-3,1e-4"
        )
        {
            Images,
            Pairs,
            Rates,
            Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        };
        foreach (Option option in (Option[])[.. EvalOptions.ForRuns, .. AnalyzerOptions.ForDetection])
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        string folder = parsed.GetRequiredValue(Images);
        string? pairs = parsed.GetValue(Pairs);
        string[] images = pairs is not null
            ? [.. LabelledPair.Read(pairs).SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Distinct().Order(StringComparer.Ordinal)]
            : [.. new InputExpander(recursive: true, () => []).Expand([folder]).Select(file => Path.GetRelativePath(folder, file))];
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        using PictureProgress progress = new("embedding", settings.Quiet);
        PictureRuns runs = new(analyzer, EvalOptions.Run(parsed, settings, progress));
        IReadOnlyDictionary<string, FaceRecord> faces = await runs.EmbedAsync(PictureSet.Open(folder).Pictures(images), stop)
            .ConfigureAwait(false);
        progress.Dispose();
        ExitCode code = EvalOptions.Failures(runs, images.Length);
        if (code == ExitCode.NoneUsable)
            return (int)code;
        string[] found = [.. images.Where(image => faces[image].Vector is not null)];
        FaceEmbedding[] embeddings = [.. found.Select(image => faces[image].Embedding!)];
        foreach (double rate in parsed.GetValue(Rates) is { Length: > 0 } asked ? asked : [ClusteringOptions.DefaultFalseMatchRate])
        {
            ClusteringResult result = new FaceClustering(analyzer.Matcher).Group(
                embeddings,
                new()
                {
                    FalseMatchRate = rate,
                    SmallestCluster = 1,
                    Threads = settings.Threads,
                },
                stop
            );
            Dictionary<string, int> clusters = result
                .Clusters.SelectMany(cluster => cluster.Faces.Select(face => (found[face], cluster.Number)))
                .ToDictionary();
            ClusteringReport report = ClusteringProtocol.Evaluate(
                [
                    .. images.Select(image =>
                        (PersonOf(image, pairs is null), clusters.TryGetValue(image, out int number) ? number : (int?)null)
                    ),
                ],
                images.Length - found.Length,
                result.Threshold,
                rate
            );
            Console.Out.WriteLine(parsed.GetValue(Json) ? EvaluationJson.Serialize(report) : Text(report));
        }
        return (int)code;
    }

    /// <summary>Below the first folder a person's pictures may be sorted further, by pose or date.</summary>
    private static string PersonOf(string image, bool first)
    {
        string[] parts = image.Replace('\\', '/').Split('/');
        if (parts.Length < 2)
            throw new EvaluationException($"{image} lies in no person's folder; --images needs a folder for every person");
        return first ? parts[0] : string.Join('/', parts[..^1]);
    }

    private static string Text(ClusteringReport report) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"FMR {ResultText.Rate(report.FalseMatchRate!.Value)} (threshold {report.Threshold:0.0000}): {report.Faces} faces of "
                + $"{report.People} people in {report.Clusters} clusters, {report.Missed} pictures without a face; "
                + $"pairwise precision {report.Precision:0.0000}, recall {report.Recall:0.0000}, F {report.FScore:0.0000}; BCubed "
                + $"{report.BCubedPrecision:0.0000}, {report.BCubedRecall:0.0000}, F {report.BCubedFScore:0.0000}"
        );
}
