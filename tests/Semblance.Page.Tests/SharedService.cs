[assembly: AssemblyFixture(typeof(Semblance.Page.Tests.SharedService))]

namespace Semblance.Page.Tests;

/// <summary>One service for all tests that change nothing in it; started when first asked for.</summary>
public sealed class SharedService : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private Service? _service;

    internal async Task<Service> GetAsync()
    {
        await _gate.WaitAsync();
        try
        {
            return _service ??= await Service.StartAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        _gate.Dispose();
    }
}
