using Semblance.Conversion.Onnx;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Training;
using TorchSharp;

namespace Semblance.Training.Tests.Attributes;

/// <summary>Red crops against blue ones: a task that a tiny network learns in a moment.</summary>
internal sealed class TinyTask : IAttributeTask
{
    public const int Side = 16;

    private readonly FaceCrop[] _crops = [.. Enumerable.Range(0, 32).Select(i => Filled(i % 2, i))];

    public string Description => "red and blue";

    public int Outputs => 2;

    public int SampleCount => _crops.Length;

    public IReadOnlyList<FaceCrop> ValidationCrops { get; } = [.. Enumerable.Range(0, 8).Select(i => Filled(i % 2, 100 + i))];

    public int[] DrawEpoch(Random random)
    {
        int[] order = [.. Enumerable.Range(0, SampleCount)];
        random.Shuffle(order);
        return order;
    }

    public FaceCrop Crop(int sample) => _crops[sample];

    public torch.Tensor Loss(torch.Tensor outputs, ReadOnlySpan<int> samples) =>
        torch.nn.functional.cross_entropy(outputs, torch.tensor([.. samples.ToArray().Select(sample => (long)(sample % 2))]));

    public IReadOnlyDictionary<string, double> Judge(float[] outputs)
    {
        int right = Enumerable.Range(0, outputs.Length / 2).Count(i => outputs[2 * i + i % 2] > outputs[2 * i + 1 - i % 2]);
        return new Dictionary<string, double> { ["score"] = right / (outputs.Length / 2.0) };
    }

    /// <summary>Two strided convolutions with PReLU, then one whose kernel spans the map, as embedders end.</summary>
    public static OnnxModel Embedder()
    {
        Random random = new(11);
        OnnxGraphBuilder graph = new("tiny");
        string x = graph.Input("picture", "N", 3, 28, 28);
        x = graph.Conv(x, Kernel(6, 3, 3) with { Stride = 2, Pads = [1, 1, 1, 1] });
        x = graph.Add("PRelu", [x, graph.Constant(Floats(6), 6, 1, 1)]);
        x = graph.Conv(x, Kernel(8, 6, 3) with { Stride = 2, Pads = [1, 1, 1, 1] });
        x = graph.Add("PRelu", [x, graph.Constant(Floats(8), 8, 1, 1)]);
        graph.Output(graph.Add("Flatten", [graph.Conv(x, Kernel(4, 8, 7))]), "embedding", "N", 4);
        return graph.Build("test");

        ConvKernel Kernel(int outputs, int inputs, int side) =>
            new(outputs, inputs, side, side, Floats(outputs * inputs * side * side), Floats(outputs));
        float[] Floats(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static FaceCrop Filled(int colour, int seed)
    {
        Random random = new(seed);
        byte[] pixels = new byte[Side * Side * 3];
        for (int i = 0; i < Side * Side; i++)
            pixels[3 * i + 2 * colour] = (byte)random.Next(120, 256);
        return new(pixels, Side, 3);
    }
}
