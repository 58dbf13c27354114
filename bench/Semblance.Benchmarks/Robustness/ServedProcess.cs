using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Semblance.Benchmarks.Robustness;

/// <summary><c>semblance serve</c> in a process of its own, on a free port, with a gallery that keeps crops.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private const string Announced = "listening ";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServedProcess(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Lines of its log that tell of a failure of the service itself.</summary>
    public ConcurrentQueue<string> Failures { get; } = [];

    /// <summary>Whether it runs.</summary>
    public bool IsUp => !_process.HasExited;

    /// <summary>Its largest resident set in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <param name="folder">Everything it writes.</param>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<ServedProcess> StartAsync(string folder)
    {
        ProcessStartInfo start = new(
            CommandRun.Program,
            [
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--store",
                "sqlite:" + Path.Combine(folder, "people.db"),
                "--keep-crops",
                "--strangers",
                "1",
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SEMBLANCE_HOME"] = Path.Combine(folder, "home");
        Process process = Process.Start(start)!;
        string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit).ConfigureAwait(false);
        if (line is null || !line.StartsWith(Announced, StringComparison.Ordinal))
            throw new InvalidOperationException(await process.StandardError.ReadToEndAsync().ConfigureAwait(false));
        ServedProcess served = new(process, new(line[Announced.Length..]));
        process.ErrorDataReceived += (_, received) =>
        {
            if (
                received.Data is { } text
                && (text.Contains("fail:", StringComparison.Ordinal) || text.Contains("crit:", StringComparison.Ordinal))
            )
                served.Failures.Enqueue(text);
        };
        process.BeginErrorReadLine();
        return served;
    }

    /// <summary>Asks it to end, as a system does that shuts down, and waits for that.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (IsUp)
        {
            using Process signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync().WaitAsync(Limit).ConfigureAwait(false);
        }
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (IsUp)
        {
            _process.Kill();
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }
        _process.Dispose();
    }
}
