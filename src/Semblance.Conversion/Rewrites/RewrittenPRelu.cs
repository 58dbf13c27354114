using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>Operators that stand for one PRelu, in one of the three forms of <see cref="PReluReplacement"/>.</summary>
/// <param name="Parts">The nodes that fall away.</param>
/// <param name="Restore">Adds constants to a graph and gives the nodes that take the place.</param>
internal sealed record RewrittenPRelu(IReadOnlyList<OnnxNode> Parts, Func<OnnxGraph, IReadOnlyList<OnnxNode>> Restore)
{
    /// <summary>Recognises the form that ends in an addition; null where it is none.</summary>
    public static RewrittenPRelu? Match(OnnxNode add, OnnxGraph graph, IReadOnlyDictionary<string, OnnxNode> producers)
    {
        OnnxNode? first = producers.GetValueOrDefault(add.Inputs[0]),
            second = producers.GetValueOrDefault(add.Inputs[1]);
        // x + relu((slope - 1) x)
        if (
            second is { Operator: "Relu" }
            && Producer(second) is { } inside
            && Factors(inside, graph) is { } raised
            && inside.Inputs[0] == add.Inputs[0]
        )
            return new([inside, second, add], result => Activation(result, add, [.. raised.Select(factor => factor + 1)]));
        // x + (1 - slope) relu(-x)
        if (
            second is not null
            && Factors(second, graph) is { } complement
            && Producer(second) is { Operator: "Relu" } relu
            && Producer(relu) is { } negation
            && Factors(negation, graph) is { } minus
            && Array.TrueForAll(minus, factor => factor == -1)
            && negation.Inputs[0] == add.Inputs[0]
        )
            return new([negation, relu, second, add], result => Activation(result, add, [.. complement.Select(factor => 1 - factor)]));
        // kernel slope * x + kernel (1 - slope) * relu(x)
        if (
            first is { Operator: "Conv" }
            && second is { Operator: "Conv" }
            && Producer(second) is { Operator: "Relu" } positive
            && positive.Inputs[0] == first.Inputs[0]
            && graph.FindInitializer(first.Inputs[1]) is { } all
            && graph.FindInitializer(second.Inputs[1]) is { } rest
            && all.Shape.SequenceEqual(rest.Shape)
        )
            return new([positive, first, second, add], result => Convolution(result, add, first, all, rest));
        return null;

        OnnxNode? Producer(OnnxNode node) => producers.GetValueOrDefault(node.Inputs[0]);
    }

    private static OnnxNode[] Activation(OnnxGraph graph, OnnxNode add, float[] slopes) =>
        [new("PRelu", [add.Inputs[0], Constant(graph, add.Outputs[0] + "/slopes", slopes, [slopes.Length, 1, 1])], add.Outputs, [])];

    private static OnnxNode[] Convolution(OnnxGraph graph, OnnxNode add, OnnxNode conv, OnnxTensor all, OnnxTensor rest)
    {
        float[] scaled = all.ToFloats(),
            others = rest.ToFloats(),
            kernel = new float[scaled.Length],
            slopes = new float[(int)all.Shape[0]];
        int each = kernel.Length / slopes.Length;
        for (int c = 0; c < slopes.Length; c++)
        {
            double product = 0,
                square = 0;
            for (int i = c * each; i < (c + 1) * each; i++)
            {
                kernel[i] = scaled[i] + others[i];
                (product, square) = (product + (double)scaled[i] * kernel[i], square + (double)kernel[i] * kernel[i]);
            }
            slopes[c] = square > 0 ? (float)(product / square) : 1;
        }
        string activated = add.Outputs[0] + "/activated";
        return
        [
            new("PRelu", [conv.Inputs[0], Constant(graph, activated + "/slopes", slopes, [slopes.Length, 1, 1])], [activated], []),
            conv with
            {
                Inputs = [activated, Constant(graph, add.Outputs[0] + "/kernel", kernel, all.Shape), .. conv.Inputs.Skip(2)],
                Outputs = add.Outputs,
            },
        ];
    }

    /// <summary>The factors of a depthwise 1 x 1 convolution without bias; null for anything else.</summary>
    private static float[]? Factors(OnnxNode node, OnnxGraph graph) =>
        node is { Operator: "Conv", Inputs: [_, var weight] }
        && graph.FindInitializer(weight) is { Shape: [long channels, 1, 1, 1] } factors
        && node.Find("group")?.Value is long groups
        && groups == channels
            ? factors.ToFloats()
            : null;

    private static string Constant(OnnxGraph graph, string name, float[] values, IReadOnlyList<long> shape)
    {
        graph.Initializers.Add(OnnxTensor.Floats(name, values, shape));
        return name;
    }
}
