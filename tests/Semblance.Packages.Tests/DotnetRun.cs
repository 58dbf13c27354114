using System.Diagnostics;

namespace Semblance.Packages.Tests;

/// <summary>Runs a program to its end; what it prints is for the test to look at.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it printed to standard error.</param>
internal sealed record DotnetRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>What the SDK prints; fails the test where it fails.</summary>
    public static string Sdk(string folder, params string[] arguments) => Expect(folder, "dotnet", arguments);

    /// <summary>What a program prints; fails the test where it fails.</summary>
    public static string Expect(string folder, string program, params string[] arguments)
    {
        DotnetRun run = Of(folder, program, arguments);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)}:\n{run.Output}\n{run.Errors}");
        return run.Output;
    }

    /// <summary>How a program ends.</summary>
    public static DotnetRun Of(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test host was started with must not reach the build.
        foreach (
            string name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()
        )
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(Limit), $"{program} hangs");
        return new(process.ExitCode, output.Result, errors.Result);
    }
}
