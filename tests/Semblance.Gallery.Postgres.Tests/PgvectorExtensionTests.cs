using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Postgres.Tests;

/// <summary>Against a PostgreSQL server of the system that has no pgvector, where one is installed; a cluster of its own in a temporary
/// folder.</summary>
public sealed class PgvectorExtensionTests
{
    private const string Versions = "/usr/lib/postgresql",
        Account = "postgres";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creation_says_what_to_install_where_the_server_has_no_pgvector()
    {
        string? programs = Directory.Exists(Versions)
            ? Directory
                .GetDirectories(Versions)
                .Select(folder => Path.Combine(folder, "bin"))
                .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;
        Assert.SkipUnless(programs is not null, "no PostgreSQL server is installed (Debian: postgresql)");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("semblance-postgres-");
        try
        {
            // The server refuses to run as root.
            if (Environment.UserName == "root")
                await RunAsync("chown", [Account, folder.FullName]);
            string cluster = Path.Combine(folder.FullName, "cluster");
            await RunAsync(As(Path.Combine(programs!, "initdb")), ["-D", cluster, "-A", "trust", "-U", Account, "-N"]);
            int port = FreePort();
            using Process server = Start(
                As(Path.Combine(programs!, "postgres")),
                ["-D", cluster, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder.FullName]
            );
            try
            {
                string location = string.Create(CultureInfo.InvariantCulture, $"//{Account}@127.0.0.1:{port}/postgres?Pooling=false");
                bool available = await AvailableAsync(location);
                Assert.SkipWhen(available, "this server has pgvector");
                GalleryException error = await Assert.ThrowsAsync<GalleryException>(() =>
                    new PostgresGalleryProvider().CreateAsync(location, MadeUpPeople.Settings, StoreOptions.Default, Stop)
                );
                Assert.Contains("has no pgvector", error.Message, StringComparison.Ordinal);
                Assert.Contains(
                    $"apt-get install postgresql-{Path.GetFileName(Path.GetDirectoryName(programs))}-pgvector",
                    error.Message,
                    StringComparison.Ordinal
                );
            }
            finally
            {
                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync(CancellationToken.None);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] As(string program) => Environment.UserName == "root" ? ["runuser", "-u", Account, "--", program] : [program];

    private static Task RunAsync(string program, string[] arguments) => RunAsync([program], arguments);

    private static async Task RunAsync(string[] program, string[] arguments)
    {
        using Process process = Start(program, arguments);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string[] program, string[] arguments)
    {
        Process process = Process.Start(
            new ProcessStartInfo(program[0], [.. program[1..], .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until the server answers, and asks whether it could have pgvector.</summary>
    private static async Task<bool> AvailableAsync(string location)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using NpgsqlConnection connection = new(PostgresAddress.Parse(location).Connection.ConnectionString);
                await connection.OpenAsync(Stop);
                await using NpgsqlCommand command = new("select count(*) from pg_available_extensions where name = 'vector'", connection);
                return (long)(await command.ExecuteScalarAsync(Stop))! > 0;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(start) < StartLimit)
            {
                await Task.Delay(200, Stop);
            }
        }
    }
}
