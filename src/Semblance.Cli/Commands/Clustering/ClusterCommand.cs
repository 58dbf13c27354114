using System.CommandLine;
using System.Globalization;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Embedding;
using Semblance.Gallery.Clustering;

namespace Semblance.Cli.Commands.Clustering;

/// <summary><c>semblance cluster</c>: groups the faces of unknown people.</summary>
internal static class ClusterCommand
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "Folder for clusters.json, faces.npy, the crops and the contact sheets.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<double> Rate = new("--fmr")
    {
        Description =
            $"False match rate that the threshold is set by; lower splits more. [default: "
            + $"{ResultText.Rate(ClusteringOptions.DefaultFalseMatchRate)}]",
        HelpName = "F",
    };

    private static readonly Option<double?> Threshold = new("--threshold")
    {
        Description = "Own lowest mean similarity instead of the rate.",
        HelpName = "T",
    };

    private static readonly Option<int> Smallest = new("--min-size")
    {
        Description = "Smaller groups are left ungrouped. [default: 2]",
        HelpName = "N",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print clusters.json." };

    public static Command Create()
    {
        Command command = new(
            "cluster",
            "Groups the faces of unknown people and draws contact sheets; 'cluster name' then names the groups in a gallery.\n\n"
                + "Example: semblance cluster photos/ --recursive --out groups/"
        )
        {
            InputOptions.Inputs,
            InputOptions.Recursive,
            Out,
            Rate,
            Threshold,
            Smallest,
            Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
            NameClustersCommand.Create(),
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), stop));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        ClusteringOptions options = new()
        {
            FalseMatchRate = settings.Get(Rate, ClusteringOptions.DefaultFalseMatchRate),
            Threshold = settings.Get(Threshold, null),
            SmallestCluster = settings.Get(Smallest, 2),
            Threads = settings.Threads,
        };
        IReadOnlyList<string> files = InputOptions.Expander(parsed).Expand(parsed.GetRequiredValue(InputOptions.Inputs));
        ClusterFolder folder = new(parsed.GetRequiredValue(Out));
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        FaceClustering clustering = new(analyzer.Matcher);
        // An unsupported rate is told before the pictures are read.
        clustering.Group([], options, stop);
        folder.Prepare();
        (IReadOnlyList<(ClusteredFace Face, FaceEmbedding Embedding)> faces, int failed) = new FaceCollector(
            analyzer,
            AnalyzerOptions.Decoding(settings),
            settings
        ).Collect(files, folder, stop);
        if (failed == files.Count)
            return (int)ExitCode.NoneUsable;
        ClusteringResult result = clustering.Group([.. faces.Select(item => item.Embedding)], options, stop);
        ClustersDocument document = Describe(result, analyzer.Embedder, [.. faces.Select(item => item.Face)], files.Count, failed);
        folder.WriteVectors([.. faces.Select(item => item.Embedding)]);
        folder.Write(document);
        using (Progress progress = new("drawing", document.Clusters.Count, settings.Quiet))
            new SheetWriter(folder).Write(document, progress.Advance, stop);
        Print(document, folder, parsed.GetValue(Json));
        return (int)(failed == 0 ? ExitCode.Done : ExitCode.SomeFailed);
    }

    private static ClustersDocument Describe(
        ClusteringResult result,
        IFaceEmbedder embedder,
        ClusteredFace[] faces,
        int pictures,
        int failed
    ) =>
        new()
        {
            Embedder = embedder.Id,
            Contract = embedder.Contract,
            Dimension = embedder.Dimension,
            Threshold = Math.Round(result.Threshold, 5),
            FalseMatchRate = result.FalseMatchRate,
            Pictures = pictures,
            Failed = failed,
            Faces = faces.Length,
            Clusters =
            [
                .. result.Clusters.Select(cluster => new ClusterDocument(
                    cluster.Number,
                    cluster.Faces.Count,
                    Math.Round(cluster.MeanSimilarity, 4),
                    SheetWriter.FileOf(cluster.Number),
                    null,
                    [.. cluster.Faces.Select(face => faces[face])]
                )),
            ],
            Ungrouped = [.. result.Ungrouped.Select(face => faces[face])],
        };

    private static void Print(ClustersDocument document, ClusterFolder folder, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonText.Of(document, ClustersJson.Default.ClustersDocument));
            return;
        }
        string rate = document.FalseMatchRate is { } f ? $", false match rate {ResultText.Rate(f)}" : "";
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{document.Faces} faces on {document.Pictures - document.Failed} pictures: {document.Clusters.Count} "
                    + $"{(document.Clusters.Count == 1 ? "group" : "groups")}, {document.Ungrouped.Count} "
                    + $"{(document.Ungrouped.Count == 1 ? "face" : "faces")} alone (threshold {document.Threshold:0.000}{rate})"
            )
        );
        foreach (ClusterDocument cluster in document.Clusters)
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {cluster.Number, 4}. {cluster.Size, 4} faces, mean similarity {cluster.MeanSimilarity:0.00}  "
                        + $"{folder.PathOf(cluster.Sheet)}"
                )
            );
    }
}
