using System.Diagnostics;
using System.Globalization;
using Semblance.TestSupport;

[assembly: AssemblyFixture(typeof(Semblance.Gallery.Postgres.Tests.PostgresServer))]

namespace Semblance.Gallery.Postgres.Tests;

/// <summary>
/// PostgreSQL with pgvector for the tests: the server of <c>SEMBLANCE_TEST_POSTGRES</c> (an address without <c>postgres:</c> whose user
/// may create schemas), else PGlite, PostgreSQL compiled to WebAssembly, started for this run where node and <c>.ci/postgres</c>'s
/// packages are. PGlite has one backend behind all connections: transactions take turns, and session state is shared.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Packages = "artifacts/postgres/node_modules",
        Script = "tests/Semblance.Gallery.Postgres.Tests/pglite-server.mjs",
        Listening = "listening ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private Process? _process;
    private string? _location,
        _missing;
    private int _schemas;

    /// <summary>Whether all connections share one backend.</summary>
    public bool HasOneBackend => _process is not null;

    /// <summary>A location with a schema that nobody has used; skips the running test where there is no server.</summary>
    public string NewLocation(string options = "")
    {
        Assert.SkipWhen(_location is null, _missing ?? "");
        return $"{_location}&schema=test_{Environment.ProcessId}_{Interlocked.Increment(ref _schemas)}{options}";
    }

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("SEMBLANCE_TEST_POSTGRES") is { Length: > 0 } given)
        {
            _location = given.Contains('?', StringComparison.Ordinal) ? given : given + "?";
            return;
        }
        string folder = Path.Combine(ReferenceData.Repository, Packages);
        if (!Directory.Exists(folder))
        {
            _missing = "no PostgreSQL with pgvector: set SEMBLANCE_TEST_POSTGRES, or run .ci/postgres once (it needs node and npm)";
            return;
        }
        ProcessStartInfo start = new("node", [Path.Combine(ReferenceData.Repository, Script), folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        int port = await PortAsync(_process).WaitAsync(StartLimit);
        _location = string.Create(
            CultureInfo.InvariantCulture,
            $"//postgres@127.0.0.1:{port}/postgres?Ssl_Mode=Disable&No_Reset_On_Close=true&Command_Timeout=180&Timeout=180"
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<int> PortAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Listening, StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return int.Parse(line.AsSpan(Listening.Length), CultureInfo.InvariantCulture);
        }
        throw new InvalidOperationException("PGlite ended before it listened");
    }
}
