using Semblance.Runtime;

namespace Semblance.Tests.Runtime;

public sealed class ExecutionProvidersTests
{
    [Fact]
    public void Names_are_those_that_users_type() =>
        Assert.Equal(["cpu", "cuda", "directml", "coreml", "openvino"], ExecutionProviders.Names);

    [Theory]
    [InlineData("cuda", ExecutionProvider.Cuda)]
    [InlineData("DirectML", ExecutionProvider.DirectMl)]
    public void A_name_is_read_in_any_case(string name, ExecutionProvider provider) =>
        Assert.Equal(provider, ExecutionProviders.Parse(name));

    [Fact]
    public void The_processor_is_there() => Assert.True(ExecutionProviders.IsAvailable(ExecutionProvider.Cpu));

    [Theory]
    [InlineData(ExecutionProvider.Cuda, "Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData(ExecutionProvider.DirectMl, "Microsoft.ML.OnnxRuntime.DirectML")]
    [InlineData(ExecutionProvider.OpenVino, "Intel.ML.OnnxRuntime.OpenVino")]
    public void An_analyzer_for_an_absent_processor_is_not_built_and_the_package_is_named(ExecutionProvider provider, string package)
    {
        Assert.SkipWhen(ExecutionProviders.IsAvailable(provider), $"{provider} is here");
        ExecutionProviderException error = Assert.Throws<ExecutionProviderException>(() =>
            FaceAnalyzer.CreateBuilder().UseCatalog(TestModels.Catalog).UseExecution(provider, threads: 1).Build()
        );
        Assert.Contains(package, error.Message);
        Assert.Throws<ExecutionProviderException>(() => SessionSettings.Create(new() { Provider = provider }));
    }

    [Fact]
    public void A_processor_that_does_not_exist_is_a_wrong_option() =>
        Assert.Contains(
            "Provider",
            Assert
                .Throws<InvalidOptionsException>(() =>
                    FaceAnalyzer.CreateBuilder().UseCatalog(TestModels.Catalog).UseExecution((ExecutionProvider)99).Build()
                )
                .Message
        );
}
