using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Semblance.Server.EntryPoint;
using Semblance.Server.Keys;
using Semblance.TestSupport;

namespace Semblance.Server.Tests.Support;

/// <summary>
/// The very service, with its models, keys and two galleries, behind a server in memory: requests cost no sockets, and its clock is that
/// of the test, so that all routes can be asked in every way, and nothing has to be waited for.
/// </summary>
public sealed class MemoryService : WebApplicationFactory<ServiceRun>, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("semblance-memory-");
    private readonly ServiceRun _run;

    public MemoryService()
    {
        Clock = new(DateTimeOffset.UtcNow);
        Keys = new(Path.Combine(_folder.FullName, "keys.json"), Clock);
        Admin = Keys.Create(new("first", KeyRoles.All)).Text;
        _run = new(
            new()
            {
                Listen = ["127.0.0.1:0"],
                Stores =
                [
                    new("default", $"sqlite:{Path.Combine(_folder.FullName, "people.db")}"),
                    new("other", $"sqlite:{Path.Combine(_folder.FullName, "other.db")}"),
                ],
                KeysFile = Keys.Path,
                AccessLog = Path.Combine(_folder.FullName, "access"),
                Crops = CropPolicy.Keep,
                Queue = 256,
            }
        );
    }

    /// <summary>Text of a key that may do everything.</summary>
    public string Admin { get; }

    /// <summary>The file of keys; <see cref="KeysAreRead"/> lets the service see a change.</summary>
    public KeyFile Keys { get; }

    internal ManualClock Clock { get; }

    internal SemblanceService Service => _run.Service!;

    /// <summary>A client that sends a key; null for none.</summary>
    public HttpClient With(string? key)
    {
        HttpClient client = CreateDefaultClient(new Uri("http://localhost/"));
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Lets the time pass after which the service looks at its keys again.</summary>
    public void KeysAreRead() => Clock.Advance(TimeSpan.FromSeconds(2));

    public ValueTask InitializeAsync()
    {
        using HttpClient first = With(null);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _run.EndAsync();
        _folder.Delete(recursive: true);
    }

    protected override IHost CreateHost(IHostBuilder builder)
    {
        ServiceRun.Starting = _run;
        return base.CreateHost(builder);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) =>
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
}
