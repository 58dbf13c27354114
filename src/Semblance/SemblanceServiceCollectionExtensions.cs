using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Semblance;

/// <summary>Registers Semblance with dependency injection.</summary>
public static class SemblanceServiceCollectionExtensions
{
    /// <summary>Adds one shared <see cref="FaceAnalyzer"/>.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="configure">Changes the default settings; wrong ones are all named when the analyzer is first asked for.</param>
    public static IServiceCollection AddSemblance(this IServiceCollection services, Action<FaceAnalyzerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<FaceAnalyzerOptions> options = services.AddOptions<FaceAnalyzerOptions>();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FaceAnalyzerOptions>, OptionsValidation>());
        services.TryAddSingleton(provider => FaceAnalyzerBuilder.Build(provider.GetRequiredService<IOptions<FaceAnalyzerOptions>>().Value));
        return services;
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
