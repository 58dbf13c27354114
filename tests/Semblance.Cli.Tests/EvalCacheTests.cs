using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class EvalCacheTests
{
    [Fact]
    public async Task Two_evaluations_at_once_share_one_cache_and_a_damaged_result_is_named()
    {
        using TemporaryFolder folder = new();
        // Who they are matters to nobody here.
        foreach ((string name, string sample) in new[] { ("a/1", "astronaut.png"), ("a/2", "astronaut.png"), ("b/1", "astronaut-dim.jpg") })
            folder.Copy(ReferenceData.Sample(sample), $"people/{name}.png");
        folder.Write(
            "pairs.csv",
            "image_a,image_b,same,fold\na/1.png,a/2.png,1,0\na/1.png,b/1.png,0,0\na/2.png,a/1.png,1,1\na/2.png,b/1.png,0,1\n"u8
        );
        string cache = Path.Combine(folder.Root, "cache");
        CliRun[] runs = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(Evaluate)));
        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Errors));
        Assert.All(runs, run => Assert.DoesNotContain("warning", run.Errors));
        Assert.Equal(runs[0].Output, runs[1].Output);
        Assert.Equal(0, JsonDocument.Parse(runs[0].Output).RootElement.GetProperty("missed").GetInt32());

        string[] files = Directory.GetFiles(cache, "*", SearchOption.AllDirectories);
        // Two pictures of the same bytes are one result.
        Assert.Equal(2, files.Length);
        File.WriteAllText(files[0], "something else");
        CliRun third = Evaluate();
        Assert.Contains($"warning: {files[0]} is of no use", third.Errors);
        Assert.Equal(runs[0].Output, third.Output);
        Assert.DoesNotContain("warning", Evaluate().Errors);

        CliRun Evaluate() =>
            CliRun.Of(
                "eval",
                "verification",
                "--pairs",
                Path.Combine(folder.Root, "pairs.csv"),
                "--images",
                Path.Combine(folder.Root, "people"),
                "--cache",
                cache,
                "--json"
            );
    }
}
