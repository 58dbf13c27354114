using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class EvalDetectorsTests
{
    [Fact]
    public void Comparison_gives_the_figures_of_each_detector_as_json()
    {
        CliRun run = Compare("--detectors", "blazeface-short,blazeface-full", "--rounds", "1", "--json");
        Assert.True(run.ExitCode == 0, run.Errors);
        JsonElement[] detectors = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("detectors").EnumerateArray()];
        Assert.Equal(["blazeface-short", "blazeface-full"], detectors.Select(detector => detector.GetProperty("detector").GetString()));
        foreach (JsonElement detector in detectors)
        {
            Assert.InRange(detector.GetProperty("averagePrecision").GetProperty("64").GetDouble(), 0, 1);
            Assert.True(detector.GetProperty("small").GetProperty("milliseconds").GetDouble() > 0);
            // A process of its own has the runtime and a decoded picture of 12 megapixels, reduced or not, in it.
            if (OperatingSystem.IsLinux())
                Assert.InRange(detector.GetProperty("peakBytes").GetInt64(), 40_000_000, 600_000_000);
        }
        Assert.Equal(1, detectors[0].GetProperty("large").GetProperty("ratio").GetDouble());
    }

    [Fact]
    public void Comparison_is_a_table_and_names_what_is_not_there()
    {
        using TemporaryFolder data = new();
        Directory.CreateSymbolicLink(Path.Combine(data.Root, "wider-val50"), ReferenceData.RequireUnpacked("data/wider-val50.tar"));
        CliRun run = CliRun.Of("eval", "detectors", "--data", data.Root, "--detectors", "blazeface-full", "--sample", "3", "--no-cache");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.StartsWith("|  | `blazeface-full` |", run.Output);
        Assert.Contains("| labelled faces from 64 px, 3 photographs: AP | ", run.Output);
        Assert.DoesNotContain("news photographs", run.Output);
        foreach (string absent in new[] { "photos", "lfw-view1", "cfp-train" })
            Assert.Contains($"not measured, because the data was not there: {absent}", run.Errors);
    }

    [Fact]
    public void Detector_that_is_not_installed_is_named() =>
        Assert.Contains("nobody", CliRun.Of("eval", "detectors", "--data", ReferenceData.Repository, "--detectors", "nobody").Errors);

    private static CliRun Compare(params string[] more) =>
        CliRun.Of(["eval", "detectors", "--data", ReferenceData.Require("data"), "--sample", "3", "--threads", "1", "--no-cache", .. more]);
}
