using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>The nodes that stand for one PRelu; names are derived from its result's.</summary>
/// <param name="graph">The graph that is written.</param>
/// <param name="node">The PRelu.</param>
/// <param name="slopes">Its slopes.</param>
internal sealed class PReluReplacement(OnnxGraph graph, OnnxNode node, float[] slopes)
{
    private readonly string _x = node.Inputs[0],
        _y = node.Outputs[0];

    /// <summary>Writes PReLU for itself.</summary>
    public void Write()
    {
        bool raised = PReluExpression.CanBeRaised(slopes);
        string inside = Scale(_x, raised ? PReluExpression.Raise(slopes) : PReluExpression.Negate(slopes), "/inside");
        string rest = Add("Relu", [inside], _y + "/rest");
        if (!raised)
            rest = Scale(rest, PReluExpression.Complement(slopes), "/scaled");
        Add("Add", [_x, rest], _y);
    }

    /// <summary>Writes PReLU and the depthwise convolution that follows it.</summary>
    public void Absorb(OnnxNode conv, OnnxGraph old)
    {
        OnnxTensor kernel = old.FindInitializer(conv.Inputs[1])!;
        string positive = Add("Relu", [_x], _y + "/positive");
        string all = Add("Conv", [_x, Kernel(kernel, slopes, "/all"), .. conv.Inputs.Skip(2)], _y + "/all", conv.Attributes);
        string rest = Add("Conv", [positive, Kernel(kernel, PReluExpression.Complement(slopes), "/rest")], _y + "/rest", conv.Attributes);
        Add("Add", [all, rest], conv.Outputs[0]);
    }

    private string Kernel(OnnxTensor kernel, float[] factors, string suffix)
    {
        float[] values = kernel.ToFloats();
        int each = values.Length / factors.Length;
        for (int i = 0; i < values.Length; i++)
            values[i] *= factors[i / each];
        return Constant(values, suffix, kernel.Shape);
    }

    private string Scale(string from, float[] factors, string suffix) =>
        Add(
            "Conv",
            [from, Constant(factors, suffix, [factors.Length, 1, 1, 1])],
            _y + suffix,
            new OnnxAttribute("group", (long)factors.Length)
        );

    private string Constant(float[] values, string suffix, IReadOnlyList<long> shape)
    {
        OnnxTensor tensor = OnnxTensor.Floats(_y + suffix + "/factors", values, shape);
        graph.Initializers.Add(tensor);
        return tensor.Name;
    }

    private string Add(string type, IReadOnlyList<string> inputs, string output, params IReadOnlyList<OnnxAttribute> attributes)
    {
        graph.Nodes.Add(new(type, inputs, [output], attributes));
        return output;
    }
}
