using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Semblance.Conversion.Onnx;
using Semblance.Detection;
using Semblance.Evaluation.Verification;
using Semblance.Models;
using Semblance.Training.Embedders;
using Semblance.Training.Identity;
using Spectre.Console;

namespace Semblance.Training.Commands;

/// <summary><c>semblance train measure</c>: embedders side by side on the same crops, also degraded ones.</summary>
internal static class MeasureCommand
{
    private static readonly Option<string[]> Embedders = new("--embedder")
    {
        Description = "Embedders by catalogue id, or folders of models such as runs/a/model.",
        HelpName = "ID",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<string[]> Sets = new("--eval")
    {
        Description = "Pairs as for embedder --eval; @size:24, @blur:2 or @jpeg:20 behind a list degrades the crops.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<string?> Images = new("--eval-images")
    {
        Description = "Folder that the images of those lists are relative to. [default: the list's own]",
        HelpName = "DIR",
    };
    private static readonly Option<string> Detector = new("--detector")
    {
        Description = "Detector that finds the faces.",
        HelpName = "ID",
        DefaultValueFactory = _ => FaceDetectors.DefaultIn(ModelCatalog.Default),
    };
    private static readonly Option<bool> Aligned = new("--aligned")
    {
        Description = "Pictures are aligned on the ArcFace template already.",
    };
    private static readonly Option<string?> Cache = new("--cache")
    {
        Description = "Folder of cached crops. [default: none]",
        HelpName = "DIR",
    };
    private static readonly Option<int?> Threads = new("--threads")
    {
        Description = "Threads to work with. [default: all cores]",
        HelpName = "N",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "One object a line for every set and embedder." };

    public static Command Create()
    {
        Command command = new(
            "measure",
            "Measures embedders side by side on the same crops: accuracy over ten folds, and accepted pairs of one person at false "
                + "match rates of 1e-2 and 1e-3.\n\n"
                + "Example: semblance train measure --embedder mobilefacenet-512 runs/a/model --eval lfw/pairs.csv lfw/pairs.csv@size:24"
        )
        {
            Embedders,
            Sets,
            Images,
            Detector,
            Aligned,
            Cache,
            Threads,
            Json,
        };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), stop));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        string[] ids = parsed.GetRequiredValue(Embedders);
        int? threads = parsed.GetValue(Threads);
        (string Id, OnnxModel Network, InputLayout Layout)[] embedders =
        [
            .. ids.Select(id => ModelCatalog.Default.Find(id, ModelKind.Embedder))
                .Select(model => (model.Id, OnnxModel.Read(model.PathOf()), InputLayout.Of(model))),
        ];
        using Croppers croppers = Croppers.Open(
            new EmbedderOptions
            {
                Data = "",
                Backbone = "",
                Out = "",
                Detectors = [parsed.GetValue(Detector)!],
                Crops = parsed.GetValue(Aligned) ? CropSource.Aligned : CropSource.Detect,
            }
        );
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
            console.Profile.Width = 200;
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("set").AddColumn("figure");
        foreach (var embedder in embedders)
            table.AddColumn(new TableColumn(embedder.Id).RightAligned());
        foreach (string source in parsed.GetRequiredValue(Sets))
        {
            VerificationSet set = VerificationSet.Open(
                source,
                parsed.GetValue(Images),
                croppers.All[0],
                parsed.GetValue(Cache),
                threads,
                stop
            );
            VerificationReport[] reports =
            [
                .. embedders.Select(embedder =>
                    VerificationMeasurement.Measure(set, crops =>
                        CropEmbedding.Embed(embedder.Network, crops, embedder.Layout, set.Degradation, threads, stop)
                    )
                ),
            ];
            if (parsed.GetValue(Json))
                for (int i = 0; i < reports.Length; i++)
                    Console.Out.WriteLine(Line(set.Name, embedders[i].Id, reports[i]));
            Row(
                table,
                $"{set.Name}, {set.Pairs.Count:N0} pairs",
                "accuracy",
                reports.Select(report =>
                    $"{report.Accuracy:0.0000} ± {report.AccuracyStd / Math.Sqrt(VerificationProtocol.DefaultFolds):0.0000}"
                )
            );
            foreach (string rate in (string[])["1e-2", "1e-3"])
                Row(
                    table,
                    "",
                    $"TAR at FMR {rate}",
                    reports.Select(report => report.TarAtFmr[rate].ToString("0.0000", CultureInfo.InvariantCulture))
                );
        }
        if (!parsed.GetValue(Json))
            console.Write(table);
        return 0;
    }

    private static void Row(Table table, string set, string figure, IEnumerable<string> values) =>
        table.AddRow([new Text(set), new Text(figure), .. values.Select(value => new Text(value))]);

    private static string Line(string set, string embedder, VerificationReport report) =>
        new JsonObject
        {
            ["set"] = set,
            ["embedder"] = embedder,
            ["accuracy"] = report.Accuracy,
            ["accuracyStd"] = report.AccuracyStd,
            ["missed"] = report.Missed,
            ["tarAtFmr"] = new JsonObject(report.TarAtFmr.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
        }.ToJsonString();
}
