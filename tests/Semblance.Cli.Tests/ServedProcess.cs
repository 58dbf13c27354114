using System.Diagnostics;

namespace Semblance.Cli.Tests;

/// <summary>The service as a process of its own.</summary>
internal sealed class ServedProcess : IDisposable
{
    private const string Listening = "listening ";

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ServedProcess(Process process, Task<string> errors, Uri address) => (_process, _errors, Address) = (process, errors, address);

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it on a free port; it answers when this returns.</summary>
    /// <param name="store">Its gallery.</param>
    public static async Task<ServedProcess> StartAsync(string store)
    {
        Process process = Process.Start(
            new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "Semblance.Cli"),
                ["serve", "--listen", "127.0.0.1:0", "--store", store]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line?.StartsWith(Listening, StringComparison.Ordinal) != true)
            Assert.Fail($"the service says '{line}': {await errors}");
        return new(process, errors, new(line[Listening.Length..]));
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code and the errors that it told.</returns>
    public async Task<(int Code, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
        string[] lines = (await _errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (_process.ExitCode, string.Join('\n', lines.Where(line => line.StartsWith("error: ", StringComparison.Ordinal))));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
