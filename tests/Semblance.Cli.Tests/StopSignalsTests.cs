using System.Diagnostics;
using System.Runtime.InteropServices;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>What becomes of batches that are asked to end, by Ctrl-C and by a service manager.</summary>
public sealed partial class StopSignalsTests : IDisposable
{
    private const int Interrupt = 2,
        Terminate = 15;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, int> Batches
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string command in new[] { "detect", "align", "embed", "analyze", "cluster", "bench" })
            {
                data.Add(command, Interrupt);
                data.Add(command, Terminate);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task A_batch_that_is_asked_to_end_ends_as_cancelled(string command, int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent by kill");
        string output = Path.Combine(_folder.Root, "out");
        string[] arguments = command switch
        {
            "detect" => ["detect", .. Many(), "--crops", output],
            "align" => ["align", .. Many(), "--out", output],
            "embed" => ["embed", .. Many(), "--out", output + ".jsonl"],
            "analyze" => ["analyze", .. Many(), "--features", "quality,age,embedding", "--annotate", output],
            "cluster" => ["cluster", .. Many(), "--out", output],
            _ => ["bench", .. Many(), "--repeat", "100"],
        };
        (int code, string errors) = await RunAndSignalAsync(arguments, signal);
        Assert.True(code == 130, $"exit code {code}: {errors}");
        Assert.Contains("cancelled", errors);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Many() => Enumerable.Repeat(ReferenceData.Sample("astronaut.png"), 2000);

    private static async Task<(int Code, string Errors)> RunAndSignalAsync(string[] arguments, int signal)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Semblance.Cli"), [.. arguments, "--threads", "8"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task drained = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        // Once networks are loaded and pictures under way: eight threads have worked for a while.
        while (!process.HasExited && process.TotalProcessorTime < TimeSpan.FromSeconds(1.5))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(process.HasExited, "the batch was over before it could be asked to end");
        Assert.Equal(0, Kill(process.Id, signal));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await drained;
        return (process.ExitCode, await errors);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
