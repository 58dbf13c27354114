using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>
/// Replaces every PRelu of feature maps by slope x + (1 - slope) relu(x), written as depthwise 1 x 1 convolutions. The same numbers but for rounding;
/// ONNX Runtime keeps such a graph in its blocked layout, which halves the time of a MobileFaceNet.
/// </summary>
public static class PReluRewrite
{
    /// <summary>Rewrites a model; the argument stays as it is.</summary>
    /// <exception cref="ConversionException">A PRelu has slopes that are not one constant for every channel.</exception>
    public static OnnxModel Apply(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        OnnxGraph old = model.Graph;
        OnnxGraph graph = new() { Name = old.Name, Inputs = [.. old.Inputs], Outputs = [.. old.Outputs] };
        HashSet<string> slopeNames = [.. old.Nodes.Where(node => node.Operator == "PRelu").Select(node => node.Inputs[1])];
        graph.Initializers.AddRange(old.Initializers.Where(tensor => !slopeNames.Contains(tensor.Name)));
        foreach (OnnxNode node in old.Nodes)
        {
            if (node.Operator == "PRelu") Replace(node, old, graph);
            else graph.Nodes.Add(node);
        }
        return model with { Graph = graph };
    }

    private static void Replace(OnnxNode node, OnnxGraph old, OnnxGraph graph)
    {
        string x = node.Inputs[0], y = node.Outputs[0];
        OnnxTensor constant = old.FindInitializer(node.Inputs[1])
            ?? throw new ConversionException($"the slopes of PRelu '{y}' are no constant");
        if (constant.Shape is not [_, 1, 1]) throw new ConversionException($"the slopes of PRelu '{y}' have the shape [{string.Join(", ", constant.Shape)}], [channels, 1, 1] is known");
        float[] slopes = constant.ToFloats();
        graph.Nodes.Add(new("Relu", [x], [y + "/positive"], []));
        Scale(x, slopes, "/all");
        Scale(y + "/positive", PReluExpression.Complement(slopes), "/rest");
        graph.Nodes.Add(new("Add", [y + "/all", y + "/rest"], [y], []));

        void Scale(string from, float[] factors, string suffix)
        {
            graph.Initializers.Add(OnnxTensor.Floats(y + suffix + "/factors", factors, factors.Length, 1, 1, 1));
            graph.Nodes.Add(new("Conv", [from, y + suffix + "/factors"], [y + suffix], [new("group", (long)factors.Length)]));
        }
    }
}
