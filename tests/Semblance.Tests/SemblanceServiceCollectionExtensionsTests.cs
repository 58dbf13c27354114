using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Semblance.Tests;

public sealed class SemblanceServiceCollectionExtensionsTests
{
    [Fact]
    public void One_analyzer_is_shared_with_the_settings_given()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddSemblance(options =>
            {
                options.Detector = "blazeface-short";
                options.Catalog = TestModels.Catalog;
            })
            .BuildServiceProvider();
        FaceAnalyzer analyzer = provider.GetRequiredService<FaceAnalyzer>();
        Assert.Same(analyzer, provider.GetRequiredService<FaceAnalyzer>());
        Assert.Equal("blazeface-short", analyzer.Detector.Id);
    }

    [Fact]
    public void Wrong_options_are_all_named_at_once()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddSemblance(options =>
            {
                options.Embedder = "";
                options.Detection = new() { MinScore = 3 };
            })
            .BuildServiceProvider();
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<FaceAnalyzer>());
        Assert.Contains("Embedder", error.Message);
        Assert.Contains("MinScore", error.Message);
    }
}
