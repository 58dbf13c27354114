using System.Diagnostics;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>Plays <c>samples/first-hour/run.sh</c> with the built tool.</summary>
public sealed class FirstHourTests
{
    private static readonly string[] Made =
    [
        "analyze.png",
        "verify.png",
        "identify.png",
        "hidden/astronaut.png",
        "squares/astronaut.png",
        "report/index.html",
    ];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task First_hour_ends_well_and_leaves_its_pictures()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script is for a shell");
        using TemporaryFolder folder = new();
        string output = Path.Combine(folder.Root, "hour");
        ProcessStartInfo start = new("/bin/sh", [Path.Combine(ReferenceData.Repository, "samples", "first-hour", "run.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SEMBLANCE"] = Path.Combine(AppContext.BaseDirectory, "Semblance.Cli");
        start.Environment["FIRST_HOUR_OUT"] = output;
        using Process shell = Process.Start(start)!;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        Task<string> errors = shell.StandardError.ReadToEndAsync(limit.Token);
        string shown = await shell.StandardOutput.ReadToEndAsync(limit.Token);
        await shell.WaitForExitAsync(limit.Token);
        Assert.True(shell.ExitCode == 0, $"{shown}\n{await errors}");
        Assert.All(Made, made => Assert.True(new FileInfo(Path.Combine(output, made)) is { Exists: true, Length: > 5_000 }, made));
        Assert.Contains("it answers at http://127.0.0.1:", shown, StringComparison.Ordinal);
        Assert.EndsWith($"pictures and pages: {output}\n", shown, StringComparison.Ordinal);
    }
}
