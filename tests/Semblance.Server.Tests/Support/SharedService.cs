[assembly: AssemblyFixture(typeof(Semblance.Server.Tests.Support.SharedService))]

namespace Semblance.Server.Tests.Support;

/// <summary>One service without keys for tests that leave nothing behind but people under names of their own.</summary>
public sealed class SharedService : IAsyncLifetime
{
    private RunningService? _service;

    internal RunningService Service => _service!;

    public HttpClient Http => _service!.Http;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync();

    public ValueTask DisposeAsync() => _service!.DisposeAsync();
}
