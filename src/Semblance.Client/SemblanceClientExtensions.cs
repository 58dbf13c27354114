using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace Semblance.Client;

/// <summary>Registers the client with dependency injection.</summary>
public static class SemblanceClientExtensions
{
    /// <summary>
    /// Adds <see cref="SemblanceClient"/> over the HttpClient factory, with standard resilience: what failed for a passing reason is tried
    /// again, and a busy service (429) when it says.
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <param name="configure">Sets address and key.</param>
    public static IServiceCollection AddSemblanceClient(this IServiceCollection services, Action<SemblanceClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        SemblanceClientOptions options = new();
        configure(options);
        services
            .AddHttpClient(nameof(SemblanceClient), http =>
            {
                http.BaseAddress = options.Address;
                if (options.Key is { } key)
                    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            })
            .AddStandardResilienceHandler();
        services.AddTransient(provider => new SemblanceClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(SemblanceClient))
        )
        {
            Gallery = options.Gallery,
        });
        return services;
    }
}
