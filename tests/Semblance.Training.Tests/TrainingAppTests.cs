using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Semblance.Training.Tests.Support;

namespace Semblance.Training.Tests;

/// <summary>The tool as users run it.</summary>
public sealed class TrainingAppTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Device_names_libtorch_and_whether_there_is_a_card()
    {
        ToolRun run = ToolRun.Of("device");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^libtorch \d+\.\d+.*; CUDA (not available|with \d+ device\(s\)); \d+ threads$", run.Output.Trim());
    }

    [Fact]
    public void Wrong_usage_is_told_shortly_with_exit_code_2()
    {
        ToolRun run = ToolRun.Of("embedder", "--epochs", "many");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("error: Option '--data' is required.", run.Errors);
        Assert.Contains("'semblance train embedder --help'", run.Errors);
    }

    [Fact]
    public void Data_that_cannot_be_used_are_wrong_usage()
    {
        ToolRun run = ToolRun.Of("embedder", "--data", _folder["nowhere"], "--backbone", "mobilefacenet", "--out", _folder["run"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"error: {_folder["nowhere"]}: no such folder or file of faces", run.Errors);
        Assert.Equal(
            2,
            ToolRun
                .Of("embedder", "--data", _folder.WritePeople("p", 2, 2), "--aligned", "--backbone", "resnet", "--out", _folder["run2"])
                .ExitCode
        );
    }

    [Fact]
    public void Request_to_end_leaves_a_checkpoint_to_go_on_from()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows knows no SIGTERM");
        string[] arguments =
        [
            "embedder",
            "--data",
            _folder.WritePeople("p", 4, 4),
            "--aligned",
            "--backbone",
            "mobilefacenet",
            "--batch",
            "4",
            "--epochs",
            "500",
            "--keep-aside",
            "0",
            "--out",
            _folder["run"],
        ];
        ToolRun run = ToolRun.Of(
            process =>
            {
                Assert.True(
                    SpinWait.SpinUntil(
                        () =>
                            process.HasExited
                            || (File.Exists(_folder["run/metrics.jsonl"]) && new FileInfo(_folder["run/metrics.jsonl"]).Length > 0),
                        TimeSpan.FromMinutes(3)
                    ),
                    "no step was done"
                );
                Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            },
            arguments
        );
        Assert.True(run.ExitCode == 130, run.Errors);
        Assert.Matches(@"stopped after step \d+; go on with --resume", run.Errors);
        Assert.DoesNotContain("error", run.Errors);
        Assert.Contains(Directory.GetFiles(_folder["run"]), file =>
            Path.GetFileName(file).StartsWith("checkpoint", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Card_that_is_not_there_is_an_error_and_not_the_processor()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "this machine has a card");
        ToolRun run = ToolRun.Of(
            "embedder",
            "--data",
            _folder.WritePeople("p", 2, 2),
            "--aligned",
            "--backbone",
            "mobilefacenet",
            "--device",
            "cuda",
            "--out",
            _folder["run"]
        );
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no CUDA device can be used", run.Errors);
    }

    [Fact]
    public void Embedders_are_measured_side_by_side_on_degraded_crops_too()
    {
        _folder.WritePeople("people", 4, 2);
        string pairs = _folder.Write(
            "people/pairs.csv",
            "image_a,image_b,same\n"
                + string.Concat(
                    Enumerable.Range(0, 4).Select(p => $"{p:000}/0.png,{p:000}/1.png,1\n{p:000}/0.png,{(p + 1) % 4:000}/0.png,0\n")
                )
        );
        ToolRun run = ToolRun.Of("measure", "--aligned", "--embedder", "mobilefacenet-512", "--eval", pairs, pairs + "@size:14", "--json");
        Assert.True(run.ExitCode == 0, run.Errors);
        JsonNode[] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(["pairs", "pairs@size:14"], lines.Select(line => (string)line["set"]!));
        Assert.All(lines, line => Assert.InRange((double)line["accuracy"]!, 0.5, 1));
        Assert.Contains("accuracy", ToolRun.Of("measure", "--aligned", "--embedder", "mobilefacenet-512", "--eval", pairs).Output);
    }
}
