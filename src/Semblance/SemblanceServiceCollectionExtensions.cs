using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Semblance;

/// <summary>Registers Semblance with dependency injection.</summary>
public static class SemblanceServiceCollectionExtensions
{
    /// <summary>Adds one shared <see cref="IFaceAnalyzer"/>, also to be had as <see cref="FaceAnalyzer"/>.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="configure">Changes the default settings; wrong ones are all named when the host starts, or else when the analyzer is
    /// first asked for.</param>
    public static IServiceCollection AddSemblance(this IServiceCollection services, Action<FaceAnalyzerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<FaceAnalyzerOptions> options = services.AddOptions<FaceAnalyzerOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FaceAnalyzerOptions>, OptionsValidation>());
        services.TryAddSingleton(Build);
        services.TryAddSingleton<IFaceAnalyzer>(provider => provider.GetRequiredService<FaceAnalyzer>());
        return services;
    }

    /// <summary>Adds one shared analyzer with settings of a configuration, e.g. the section <c>Semblance</c> of appsettings.json.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="configuration">The section; <see cref="FaceAnalyzerConfiguration"/> lists its keys, and a key that is not known is an
    /// error.</param>
    /// <param name="configure">Changes the settings after that.</param>
    public static IServiceCollection AddSemblance(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<FaceAnalyzerOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<FaceAnalyzerOptions>().Configure(options => FaceAnalyzerConfiguration.Apply(configuration, options));
        return services.AddSemblance(configure);
    }

    private static FaceAnalyzer Build(IServiceProvider provider)
    {
        FaceAnalyzerBuilder builder = new(provider.GetRequiredService<IOptions<FaceAnalyzerOptions>>().Value);
        if (provider.GetService<ILoggerFactory>() is { } loggers)
            builder.UseLogging(loggers);
        return builder.Build();
    }

    private sealed class OptionsValidation : IValidateOptions<FaceAnalyzerOptions>
    {
        public ValidateOptionsResult Validate(string? name, FaceAnalyzerOptions options)
        {
            IReadOnlyList<string> problems = options.FindProblems();
            return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
    }
}
