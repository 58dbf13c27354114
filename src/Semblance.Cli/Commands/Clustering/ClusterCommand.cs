using System.CommandLine;
using System.Globalization;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Gallery.Clustering;
using Semblance.Imaging;

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

    private static readonly Option<bool> Replace = new("--replace")
    {
        Description = "Replace the results of an earlier run in the folder; other files in it stay.",
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
            Replace,
            Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
            NameClustersCommand.Create(),
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
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
        if (parsed.GetValue(Replace) && folder.EarlierFiles().FirstOrDefault(new ProtectedInputs(files).Contains) is { } replaced)
            throw new UsageException($"{Out.Name} {folder.Root}: {replaced}: {ProtectedInputs.Reason}");
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        using ClusteringSteps steps = new(files.Count, settings.Quiet);
        ClustersDocument? document = await new PictureClustering(analyzer)
            .RunAsync(
                files.Select(PictureItem.FromFile),
                folder,
                parsed.GetValue(Replace) ? EarlierResults.Replace : EarlierResults.Keep,
                options,
                new Failures(),
                steps,
                stop
            )
            .ConfigureAwait(false);
        if (document is null)
            return (int)ExitCode.NoneUsable;
        Print(document, folder, parsed.GetValue(Json));
        return (int)(document.Failed == 0 ? ExitCode.Done : ExitCode.SomeFailed);
    }

    private sealed class Failures : IProgress<AnalysisError>
    {
        public void Report(AnalysisError value) => Messages.Error(value.Message);
    }

    private static void Print(ClustersDocument document, ClusterFolder folder, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(document.ToJson());
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
        if (document.CannotTell is { Count: > 0 } poor)
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{poor.Count} of those alone {(poor.Count == 1 ? "was" : "were")} not compared: strangers on such pictures look alike"
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
