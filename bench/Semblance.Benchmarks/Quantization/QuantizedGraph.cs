using System.Runtime.InteropServices;
using Semblance.Conversion.Onnx;

namespace Semblance.Benchmarks.Quantization;

/// <summary>
/// A network with its convolutions in 8 bits, written as ONNX Runtime expects it: every operation as it was, between pairs of
/// QuantizeLinear and DequantizeLinear (QDQ). Activations are unsigned with one scale each; weights are signed with one scale a channel,
/// of 7 bits, since processors without VNNI add two products in 16 bits and would overflow. The convolutions whose results leave the
/// network stay in float32: they cost nothing and decide the scores.
/// </summary>
internal sealed class QuantizedGraph
{
    private const float LargestWeight = 63;
    private static readonly HashSet<string> Kept = ["Conv", "LeakyRelu", "Relu", "Add", "Resize", "Concat"];

    private readonly OnnxModel _model;
    private readonly IReadOnlyDictionary<string, ActivationRange> _ranges;
    private readonly Dictionary<string, string> _dequantized = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _constants;

    private QuantizedGraph(OnnxModel model, IReadOnlyDictionary<string, ActivationRange> ranges) =>
        (_model, _ranges, _constants) = (model, ranges, [.. model.Graph.Initializers]);

    /// <summary>The values that need steps: what goes into and comes out of operations that are kept in 8 bits.</summary>
    public static IReadOnlyList<string> ValuesOf(OnnxGraph graph) =>
        [
            .. graph
                .Nodes.Where(node => IsQuantized(graph, node))
                .SelectMany(node => (IEnumerable<string>)[.. Data(graph, node), node.Outputs[0]])
                .Distinct(),
        ];

    /// <summary>Writes a network in 8 bits.</summary>
    /// <param name="model">The network.</param>
    /// <param name="ranges">The steps of every value that <see cref="ValuesOf"/> names.</param>
    public static OnnxModel Of(OnnxModel model, IReadOnlyDictionary<string, ActivationRange> ranges)
    {
        QuantizedGraph quantized = new(model, ranges);
        foreach (OnnxNode node in model.Graph.Nodes)
            quantized.Add(node);
        OnnxGraph graph = new()
        {
            Name = model.Graph.Name,
            Nodes = quantized._nodes,
            Initializers = quantized._constants,
            Inputs = model.Graph.Inputs,
            Outputs = model.Graph.Outputs,
        };
        return model with { Graph = graph };
    }

    private void Add(OnnxNode node)
    {
        if (!IsQuantized(_model.Graph, node))
        {
            _nodes.Add(node with { Inputs = [.. node.Inputs.Select(input => _dequantized.GetValueOrDefault(input, input))] });
            return;
        }
        string[] data = Data(_model.Graph, node);
        // What only moves values about keeps their steps; another scale would be a rounding more.
        ActivationRange? same = node.Operator == "Resize" ? _ranges[data[0]] : null;
        List<string> inputs = [.. node.Inputs.Select(input => data.Contains(input) ? Dequantized(input, _ranges[input]) : input)];
        if (node.Operator == "Conv")
            (inputs[1], inputs[2]) = Weights(inputs[1], inputs[2], _ranges[data[0]].Scale);
        _nodes.Add(node with { Inputs = inputs });
        Dequantized(node.Outputs[0], same ?? _ranges[node.Outputs[0]]);
    }

    private string Dequantized(string value, ActivationRange range)
    {
        if (_dequantized.TryGetValue(value, out string? known))
            return known;
        string scale = $"{value}/scale",
            zero = $"{value}/zero",
            steps = $"{value}/steps",
            result = $"{value}/dequantized";
        _constants.Add(OnnxTensor.Floats(scale, [range.Scale]));
        _constants.Add(new(zero, OnnxElement.UInt8, [], new byte[] { range.Zero }));
        _nodes.Add(new("QuantizeLinear", [value, scale, zero], [steps], []));
        _nodes.Add(new("DequantizeLinear", [steps, scale, zero], [result], []));
        return _dequantized[value] = result;
    }

    /// <summary>Weights with a scale a channel, and the bias in steps of the products.</summary>
    private (string Weights, string Bias) Weights(string weights, string bias, float inputScale)
    {
        OnnxTensor kernel = _model.Graph.FindInitializer(weights)!,
            offsets = _model.Graph.FindInitializer(bias)!;
        float[] values = kernel.ToFloats(),
            scales = new float[kernel.Shape[0]];
        sbyte[] steps = new sbyte[values.Length];
        int each = values.Length / scales.Length;
        for (int channel = 0; channel < scales.Length; channel++)
        {
            Span<float> own = values.AsSpan(channel * each, each);
            float largest = 1e-9f;
            foreach (float value in own)
                largest = Math.Max(largest, Math.Abs(value));
            scales[channel] = largest / LargestWeight;
            for (int i = 0; i < each; i++)
                steps[channel * each + i] = (sbyte)MathF.Round(own[i] / scales[channel]);
        }
        float[] products = [.. scales.Select(scale => scale * inputScale)];
        int[] biases = [.. offsets.ToFloats().Select((value, channel) => (int)Math.Round(value / (double)products[channel]))];
        _constants.Remove(kernel);
        _constants.Remove(offsets);
        return (
            Constant(weights, OnnxElement.Int8, kernel.Shape, MemoryMarshal.AsBytes<sbyte>(steps).ToArray(), scales),
            Constant(bias, OnnxElement.Int32, offsets.Shape, MemoryMarshal.AsBytes<int>(biases).ToArray(), products)
        );
    }

    private string Constant(string name, OnnxElement element, IReadOnlyList<long> shape, byte[] steps, float[] scales)
    {
        int size = element == OnnxElement.Int8 ? sizeof(sbyte) : sizeof(int);
        _constants.Add(new($"{name}/steps", element, shape, steps));
        _constants.Add(OnnxTensor.Floats($"{name}/scales", scales, scales.Length));
        _constants.Add(new($"{name}/zeros", element, [scales.Length], new byte[scales.Length * size]));
        string result = $"{name}/dequantized";
        _nodes.Add(new("DequantizeLinear", [$"{name}/steps", $"{name}/scales", $"{name}/zeros"], [result], [new("axis", 0L)]));
        return result;
    }

    private static bool IsQuantized(OnnxGraph graph, OnnxNode node) =>
        Kept.Contains(node.Operator)
        && graph.Nodes.Any(later => later.Inputs.Contains(node.Outputs[0]) && (Kept.Contains(later.Operator) || later.Operator == "Shape"))
        && Data(graph, node).Length > 0;

    /// <summary>The inputs that are no constants: pictures and features.</summary>
    private static string[] Data(OnnxGraph graph, OnnxNode node) =>
        node.Operator is "Resize" or "Conv"
            ? [node.Inputs[0]]
            : [.. node.Inputs.Where(input => input.Length > 0 && graph.FindInitializer(input) is null)];
}
