using System.Diagnostics;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>One run of the built executable.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static CliRun Of(params string[] arguments) => WithInput("", arguments);

    /// <summary>Another copy of the program.</summary>
    public static CliRun Program(string program, params string[] arguments) => Run(program, "", [], arguments);

    public static CliRun WithInput(string input, params string[] arguments) => Run(Built, input, [], arguments);

    public static CliRun WithEnvironment(Dictionary<string, string> environment, params string[] arguments) =>
        Run(Built, "", environment, arguments);

    private static string Built =>
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Semblance.Cli.exe" : "Semblance.Cli");

    private static CliRun Run(string program, string input, Dictionary<string, string> environment, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = ReferenceData.Repository,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(Limit), $"{string.Join(' ', arguments)} hangs");
        return new(process.ExitCode, output.Result, errors.Result);
    }
}
