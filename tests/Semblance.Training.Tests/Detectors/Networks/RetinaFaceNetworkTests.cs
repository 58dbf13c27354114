using Semblance.Conversion.Architectures;
using Semblance.Conversion.Tests.Reference;
using Semblance.Training.Detectors.Networks;
using Semblance.Training.Networks.Official;
using static TorchSharp.torch;

namespace Semblance.Training.Tests.Detectors.Networks;

/// <summary>The network against the official output for weights filled by the rule of the reference data.</summary>
public sealed class RetinaFaceNetworkTests
{
    [Theory]
    [InlineData("retinaface_mobilenet025")]
    [InlineData("retinaface_mobilenet025_odd")]
    public void Network_and_its_export_give_the_official_output_when_they_have_the_official_weights(string reference)
    {
        ReferenceNetwork official = ReferenceNetwork.Require(reference);
        using RetinaFaceNetwork network = Filled(official);
        Dictionary<string, float[]> outputs = Forward(network, official.InputShape);
        ReferenceNetwork.AssertOutputs(official.Outputs, outputs);
        ReferenceNetwork.AssertOutputs(
            official.Outputs,
            ReferenceNetwork.Run(new RetinaFaceMobileNet().Build(OfficialWeights.Of(network)), official.InputShape)
        );
    }

    [Fact]
    public void Network_has_the_official_keys_when_it_is_made()
    {
        using RetinaFaceNetwork network = new();
        Assert.True(StateMismatch.Between(new RetinaFaceMobileNet(), OfficialWeights.Of(network)) is { IsNone: true });
    }

    [Fact]
    public void Blocks_give_what_the_whole_gives_when_they_are_shown_its_own_maps()
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        using RetinaFaceNetwork network = new();
        network.eval();
        Tensor input = randn(1, 3, 64, 96) * 50;
        RetinaFaceMaps whole = network.forward(input),
            blocks = network.Forward(input, whole.Features);
        foreach ((Tensor expected, Tensor actual) in whole.All.Zip(blocks.All))
            Assert.True(allclose(expected, actual));
        RetinaFaceMaps other = network.Forward(input, [.. whole.Features.Select(map => zeros_like(map))]);
        Assert.False(allclose(whole.Features[1], other.Features[1]));
    }

    private static RetinaFaceNetwork Filled(ReferenceNetwork official)
    {
        RetinaFaceNetwork network = new();
        OfficialWeights.Copy(official.Weights, network, new RetinaFaceMobileNet());
        network.eval();
        return network;
    }

    private static Dictionary<string, float[]> Forward(RetinaFaceNetwork network, long[] inputShape)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        RetinaFaceMaps maps = network.forward(tensor(new RuleTensor("input", "input", 1, inputShape).ToFloats(), inputShape));
        return new()
        {
            ["loc"] = maps.Boxes.data<float>().ToArray(),
            ["conf"] = maps.Logits.softmax(-1).data<float>().ToArray(),
            ["landms"] = maps.Landmarks.data<float>().ToArray(),
        };
    }
}
