using Semblance.Conversion.Architectures;
using Semblance.Conversion.Tests.Reference;
using Semblance.Training.Networks;
using Semblance.Training.Networks.Official;
using static TorchSharp.torch;

namespace Semblance.Training.Tests.Networks.Official;

/// <summary>Every network of libtorch against the official output for weights filled by the rule of the reference data, and its export
/// against the same.</summary>
public sealed class OfficialNetworkTests
{
    [Theory]
    [InlineData("iresnet18", "arcface_iresnet18")]
    [InlineData("iresnet34", "arcface_iresnet34")]
    [InlineData("iresnet50", "arcface_iresnet50")]
    [InlineData("iresnet100", "arcface_iresnet100")]
    [InlineData("adaface-ir18", "adaface_ir_18")]
    [InlineData("adaface-ir34", "adaface_ir_34")]
    [InlineData("adaface-ir50", "adaface_ir_50")]
    [InlineData("adaface-ir101", "adaface_ir_101")]
    [InlineData("mobilefacenet", "arcface_mobilefacenet")]
    public void Network_and_its_export_give_the_official_output_when_they_have_the_official_weights(string backbone, string reference)
    {
        ReferenceNetwork official = ReferenceNetwork.Require(reference);
        TrainableEmbedder embedder = Filled(backbone, official);
        ReferenceNetwork.AssertOutputs(official.Outputs, Forward(embedder, official.InputShape));
        ReferenceNetwork.AssertOutputs(official.Outputs, ReferenceNetwork.Run(embedder.ToOnnx(), official.InputShape));
        embedder.Network.Dispose();
    }

    [Theory]
    [InlineData("iresnet50", "iresnet-50", 43_590_848)]
    [InlineData("adaface-ir50", "adaface-ir50", 43_585_600)]
    [InlineData("mobilefacenet", "arcface-mobilefacenet", 2_059_520)]
    public void Network_has_the_official_keys_and_number_of_parameters_when_it_is_made(
        string backbone,
        string architecture,
        long parameters
    )
    {
        using var network = Backbones.Create(backbone, init: null).Network;
        Assert.True(StateMismatch.Between(ArchitectureCatalog.Get(architecture), OfficialWeights.Of(network)) is { IsNone: true });
        Assert.Equal(parameters, network.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Last_normalisation_of_IResNet_keeps_its_factor_when_it_is_trained()
    {
        using var network = Backbones.Create("iresnet18", init: null).Network;
        Assert.False(network.get_parameter("features.weight")!.requires_grad);
        Assert.True(network.get_parameter("features.bias")!.requires_grad);
    }

    private static TrainableEmbedder Filled(string backbone, ReferenceNetwork official)
    {
        TrainableEmbedder embedder = Backbones.Create(backbone, init: null);
        OfficialWeights.Copy(official.Weights, embedder.Network, embedder.Architecture!);
        embedder.Network.eval();
        return embedder;
    }

    /// <summary>AdaFace's official networks give the unit vector and its length before; the others the vector.</summary>
    private static Dictionary<string, float[]> Forward(TrainableEmbedder embedder, long[] inputShape)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        Tensor output = embedder.Network.forward(tensor(new RuleTensor("input", "input", 1, inputShape).ToFloats(), inputShape));
        if (embedder.Architecture!.Outputs.Count == 1)
            return new() { ["embedding"] = output.data<float>().ToArray() };
        Tensor norm = output.norm(1, keepdim: true, p: 2);
        return new() { ["embedding"] = (output / norm).data<float>().ToArray(), ["norm"] = norm.data<float>().ToArray() };
    }
}
