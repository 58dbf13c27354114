using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Semblance.Models;

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

    [Fact]
    public void A_configuration_sets_the_analyzer()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Semblance:Detector"] = "blazeface-short",
                    ["Semblance:MinScore"] = "0.5",
                    ["Semblance:Flip"] = "true",
                    ["Semblance:Attributes:Gender"] = "fairface",
                    ["Semblance:Concurrency"] = "3",
                    ["Semblance:ModelFolders:0"] = TestModels.Catalog.Folders[0],
                }
            )
            .Build();
        using ServiceProvider provider = new ServiceCollection().AddSemblance(configuration.GetSection("Semblance")).BuildServiceProvider();
        FaceAnalyzerOptions options = provider.GetRequiredService<IOptions<FaceAnalyzerOptions>>().Value;
        Assert.Equal(("blazeface-short", 0.5f, true), (options.Detector, options.Detection.MinScore, options.Embedding.Flip));
        Assert.Equal("fairface", options.AttributeModels[ModelKind.Gender]);
        Assert.Equal(3, options.Execution.Concurrency);
        IFaceAnalyzer analyzer = provider.GetRequiredService<IFaceAnalyzer>();
        Assert.Same(analyzer, provider.GetRequiredService<FaceAnalyzer>());
        Assert.EndsWith("+flip", analyzer.Embedder.Contract);
    }

    [Fact]
    public void A_wrong_configuration_is_told_whole()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Detectr"] = "mtcnn",
                    ["MinScore"] = "0,5",
                    ["Attributes:Wisdom"] = "x",
                }
            )
            .Build();
        using ServiceProvider provider = new ServiceCollection().AddSemblance(configuration).BuildServiceProvider();
        InvalidOptionsException error = Assert.Throws<InvalidOptionsException>(() => provider.GetRequiredService<IFaceAnalyzer>());
        Assert.Equal(3, error.Problems.Count);
        Assert.Contains("Detectr", error.Message);
        Assert.Contains("0,5", error.Message);
        Assert.Contains("Wisdom", error.Message);
    }

    [Fact]
    public void Wrong_options_stop_the_start_of_a_host()
    {
        using ServiceProvider provider = new ServiceCollection().AddSemblance(options => options.Detector = "").BuildServiceProvider();
        OptionsValidationException error = Assert.Throws<OptionsValidationException>(
            provider.GetRequiredService<IStartupValidator>().Validate
        );
        Assert.Contains("Detector", error.Message);
    }
}
