using System.Diagnostics;
using System.Globalization;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class ThreadTests
{
    /// <summary>Sixteen that work, the runtime's pool beside them, and what .NET itself keeps.</summary>
    private const int Most = 45;

    [Fact]
    public async Task Sixteen_threads_asked_for_make_few_more_after_detection_embedding_and_attributes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads are counted in /proc");
        string[] photographs = [.. Enumerable.Repeat(ReferenceData.Sample("astronaut.png"), 60)];
        using Process process = Process.Start(
            new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "Semblance.Cli"),
                ["analyze", .. photographs, "--features", "quality,embedding,age,gender,emotion", "--threads", "16"]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        int most = 0;
        while (!process.HasExited)
        {
            most = Math.Max(most, ThreadsOf(process.Id));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        Assert.True(process.ExitCode == 0, await errors);
        Assert.Equal(60, (await output).Split('\n').Count(line => line.Contains("astronaut.png", StringComparison.Ordinal)));
        Assert.InRange(most, 17, Most);
    }

    private static int ThreadsOf(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith("Threads:", StringComparison.Ordinal));
            return int.Parse(line["Threads:".Length..], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It has just ended.
            return 0;
        }
    }
}
