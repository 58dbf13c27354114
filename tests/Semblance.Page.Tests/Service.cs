using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Semblance.TestSupport;

namespace Semblance.Page.Tests;

/// <summary>The built program, serving a gallery of its own on a free port of this machine.</summary>
internal sealed class Service : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly System.Text.StringBuilder _said = new();

    private Service(Process process, DirectoryInfo folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    /// <summary>The built program, in its own folder of the same configuration.</summary>
    public static string Executable { get; } =
        Path.Combine(
            ReferenceData.Repository,
            "src",
            "Semblance.Cli",
            Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."), AppContext.BaseDirectory),
            OperatingSystem.IsWindows() ? "Semblance.Cli.exe" : "Semblance.Cli"
        );

    public static Task<Service> StartAsync(params string[] options) => StartAsync((_, _) => options);

    /// <param name="options">From the service's own folder and port, what is added to the command.</param>
    public static async Task<Service> StartAsync(Func<DirectoryInfo, int, string[]> options)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("semblance-page-");
        int port = FreePort();
        string[] given = options(folder, port);
        ProcessStartInfo start = new(
            Executable,
            [
                "serve",
                "--listen",
                $"127.0.0.1:{port}",
                .. given.Contains("--store") ? (string[])[] : ["--store", $"sqlite:{Path.Combine(folder.FullName, "people.db")}"],
                .. given.Contains("--access-log") ? (string[])[] : ["--access-log", Path.Combine(folder.FullName, "access")],
                .. given,
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        Service service = new(Process.Start(start)!, folder, new Uri($"http://127.0.0.1:{port}/"));
        service.Listen();
        await service.WaitAsync();
        return service;
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Listen()
    {
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (_said)
                _said.AppendLine(line.Data);
        }
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task WaitAsync()
    {
        using HttpClient client = new() { BaseAddress = Address };
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < StartLimit)
        {
            Assert.False(_process.HasExited, $"the service ended: {Said()}");
            try
            {
                HttpResponseMessage answer = await client.GetAsync(new Uri("readyz", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(200);
        }
        Assert.Fail($"the service was not ready after {StartLimit.TotalSeconds} s: {Said()}");
    }

    private string Said()
    {
        lock (_said)
            return _said.ToString();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
