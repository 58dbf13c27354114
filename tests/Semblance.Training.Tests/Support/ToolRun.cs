using System.Diagnostics;

namespace Semblance.Training.Tests.Support;

/// <summary>One run of the built tool.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static ToolRun Of(params string[] arguments) => Of(_ => { }, arguments);

    /// <summary>With something that happens while it runs.</summary>
    public static ToolRun Of(Action<Process> meanwhile, params string[] arguments)
    {
        ProcessStartInfo start = new(
            Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Semblance.Training.exe" : "Semblance.Training"),
            arguments
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            errors = process.StandardError.ReadToEndAsync();
        meanwhile(process);
        Assert.True(process.WaitForExit(Limit), $"{string.Join(' ', arguments)} hangs");
        return new(process.ExitCode, output.Result, errors.Result);
    }
}
