using System.Diagnostics;
using System.Globalization;

namespace Semblance.Benchmarks.Robustness;

/// <summary>One run of the command line, watched from outside.</summary>
/// <param name="ExitCode">Its exit code; 128 and more where a signal ended it.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it printed to standard error.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Memory">Its largest resident set in bytes; 0 where the system does not say.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Errors, TimeSpan Took, long Memory)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);

    /// <summary>The program of the command line, beside this one.</summary>
    public static string Program { get; } =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Semblance.Cli.exe" : "Semblance.Cli");

    /// <summary>Whether it ended as a program does that is in control of itself.</summary>
    public bool IsOrderly => ExitCode is >= 0 and <= 6 && !Errors.Contains("internal error", StringComparison.Ordinal);

    /// <summary>Runs it.</summary>
    /// <param name="home">Folder of its models.</param>
    /// <param name="limit">It is killed after that.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<CommandRun> OfAsync(string home, TimeSpan limit, params string[] arguments)
    {
        ProcessStartInfo start = new(Program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["SEMBLANCE_HOME"] = home;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        long begun = Stopwatch.GetTimestamp();
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            errors = process.StandardError.ReadToEndAsync();
        Task ended = process.WaitForExitAsync();
        long memory = 0;
        while (await Task.WhenAny(ended, Task.Delay(Glance)).ConfigureAwait(false) != ended)
        {
            memory = Math.Max(memory, PeakOf(process.Id));
            if (Stopwatch.GetElapsedTime(begun) > limit)
                process.Kill();
        }
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        return new(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false), took, memory);
    }

    private static long PeakOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[6..].Replace("kB", "").Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
