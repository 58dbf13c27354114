using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;
using Semblance.TestSupport;
using Semblance.Training.Networks;
using TorchSharp;

namespace Semblance.Training.Tests.Networks;

public sealed class OnnxNetworkTests
{
    private static readonly string Pack = Path.Combine(
        ReferenceData.Repository,
        "src",
        "Semblance.Models",
        "models",
        "mobilefacenet-512",
        "model.onnx"
    );

    [Fact]
    public void Network_of_the_pack_computes_what_Onnx_Runtime_does_when_it_is_restored_for_training()
    {
        float[] input = Noise(2 * 3 * 112 * 112, seed: 5);
        OnnxModel restored = PReluRestore.Apply(OnnxModel.Read(Pack));
        Assert.Contains(restored.Graph.Nodes, node => node.Operator == "PRelu");
        Assert.DoesNotContain(restored.Graph.Nodes, node => node.Operator == "Relu");
        using OnnxNetwork network = new(restored);
        using var none = torch.no_grad();
        using torch.Tensor output = network.forward(torch.tensor(input, [2, 3, 112, 112]));
        AssertClose(Run(File.ReadAllBytes(Pack), input), output.data<float>().ToArray());
    }

    [Fact]
    public void Network_gives_the_same_vectors_when_it_is_exported_after_a_change()
    {
        float[] input = Noise(2 * 3 * 112 * 112, seed: 6);
        using OnnxNetwork network = new(PReluRestore.Apply(OnnxModel.Read(Pack)));
        using var none = torch.no_grad();
        foreach (var parameter in network.parameters())
            parameter.mul_(1.01f);
        using torch.Tensor output = network.forward(torch.tensor(input, [2, 3, 112, 112]));
        float[] expected = output.data<float>().ToArray();
        AssertClose(Run(PReluRewrite.Apply(network.ToOnnx()).ToBytes(), input), expected);
        Assert.NotEqual(Run(File.ReadAllBytes(Pack), input)[0], expected[0], 1e-3);
    }

    [Fact]
    public void Network_is_refused_when_an_operator_cannot_be_trained()
    {
        OnnxGraphBuilder builder = new("test");
        builder.Output(builder.Add("Softmax", [builder.Input("x", "N", 4)]), "y", "N", 4);
        var error = Assert.Throws<TrainingException>(() => new OnnxNetwork(builder.Build("test")));
        Assert.Contains("Softmax", error.Message);
    }

    private static float[] Noise(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1))];
    }

    private static float[] Run(byte[] model, float[] input)
    {
        using InferenceSession session = new(model);
        using var results = session.Run([
            NamedOnnxValue.CreateFromTensor(session.InputNames[0], new DenseTensor<float>(input, [2, 3, 112, 112])),
        ]);
        return results[0].AsTensor<float>().ToArray();
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        double scale = Math.Sqrt(expected.Average(x => (double)x * x));
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)) < 1e-3 * scale);
    }
}
