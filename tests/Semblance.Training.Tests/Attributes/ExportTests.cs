using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Semblance.Conversion.Onnx;
using Semblance.Training.Attributes.Export;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Tests.Support;
using TorchSharp;

namespace Semblance.Training.Tests.Attributes;

[Collection(LibTorchCollection.Name)]
public sealed class ExportTests
{
    [Fact]
    public void The_exported_network_gives_the_softmax_of_the_trained_one()
    {
        torch.random.manual_seed(2);
        using AttributeNetwork network = new(AttributeTrunk.Cut(TinyTask.Embedder()), 2, dropout: 0);
        network.eval();
        (float[] weights, float[] biases) = network.Heads;
        AttributeGraph graph = new(network.TrunkToOnnx(), null);
        graph.AddOutput(graph.AddClassifier(new LinearLayer(weights, biases)), "answer", 2);
        float[] input = [.. Enumerable.Range(0, 2 * 3 * 16 * 16).Select(i => MathF.Sin(i * 0.37f))];
        using var noGradients = torch.no_grad();
        float[] expected = torch.nn.functional.softmax(network.forward(torch.tensor(input, [2, 3, 16, 16])), 1).data<float>().ToArray();
        using InferenceSession session = new(graph.Build().ToBytes());
        using var results = session.Run([
            NamedOnnxValue.CreateFromTensor(session.InputNames[0], new DenseTensor<float>(input, [2, 3, 16, 16])),
        ]);
        float[] actual = [.. results[0].AsTensor<float>()];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 2e-3);
    }

    [Fact]
    public void The_trunk_of_an_exported_network_can_be_trained_further()
    {
        torch.random.manual_seed(3);
        using AttributeNetwork network = new(AttributeTrunk.Cut(TinyTask.Embedder()), 2, dropout: 0);
        OnnxModel trained = network.TrunkToOnnx();
        AttributeGraph alone = new(trained, null);
        AttributeGraph beside = new(trained, 16, 28, "embedding", 4, new LinearLayer(new float[12 * 3], new float[3]));
        foreach (AttributeGraph graph in new[] { alone, beside })
        {
            graph.AddOutput(graph.AddClassifier(new LinearLayer(new float[2 * 8], new float[2])), "answer", 2);
            using AttributeNetwork again = new(AttributeTrunk.Cut(OnnxModel.Parse(graph.Build().ToBytes())), 2, dropout: 0);
            using var noGradients = torch.no_grad();
            torch.Tensor input = torch.sin(torch.arange(2 * 3 * 16 * 16, torch.float32) * 0.37f).reshape(2, 3, 16, 16);
            float[] expected = network.Features(input).data<float>().ToArray(),
                actual = again.Features(input).data<float>().ToArray();
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 1e-4);
        }
    }

    [Fact]
    public void A_network_that_ends_otherwise_cannot_be_cut()
    {
        OnnxGraphBuilder builder = new("short");
        builder.Output(builder.Add("Relu", [builder.Input("x", "N", 3, 8, 8)]), "y", "N", 3, 8, 8);
        Assert.Throws<TrainingException>(() => AttributeTrunk.Cut(builder.Build("test")));
    }
}
