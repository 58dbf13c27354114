using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>In a process of its own, so that nothing else is counted.</summary>
public sealed class MemoryTests
{
    [Fact]
    public void Memory_does_not_grow_with_the_number_of_images()
    {
        CliRun run = CliRun.Of(
            "bench",
            Path.GetDirectoryName(ReferenceData.Sample("astronaut.png"))!,
            "--memory",
            "2000",
            "--min-face",
            "80",
            "--threads",
            "1",
            "--json"
        );
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("note: model 'retinaface-wider' may not be used commercially", Assert.Single(run.Errors.TrimEnd().Split('\n')));
        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(2000, report.GetProperty("end").GetProperty("images").GetInt32());
        Assert.True(report.GetProperty("growth").GetDouble() <= 1.05, run.Output);
    }
}
