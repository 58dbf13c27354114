using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;
using Semblance.Training.Attributes.Networks;

namespace Semblance.Training.Attributes.Export;

/// <summary>Puts trunk, averaging and heads together into one ONNX network for ONNX Runtime.</summary>
internal sealed class AttributeGraph
{
    private readonly OnnxGraph _graph;
    private readonly string _features;
    private int _count;

    /// <param name="trunk">The trained trunk.</param>
    /// <param name="hidden">The hidden layer; null for none.</param>
    public AttributeGraph(OnnxModel trunk, LinearLayer? hidden)
    {
        OnnxGraph old = trunk.Graph;
        _graph = new() { Name = "attributes", Nodes = [.. old.Nodes], Initializers = [.. old.Initializers], Inputs = [.. old.Inputs] };
        string pooled = Add("GlobalAveragePool", [old.Outputs[0].Name]);
        _features = Add("Flatten", [pooled]);
        if (hidden is not null) _features = Add("Relu", [Dense(hidden, _features)]);
    }

    /// <summary>Adds a softmax over a dense layer.</summary>
    /// <returns>The name of its probabilities.</returns>
    public string AddClassifier(LinearLayer layer) => Add("Softmax", [Dense(layer, _features)], new OnnxAttribute("axis", 1L));

    /// <summary>Adds a weighted mean of probabilities.</summary>
    public string AddMixture(IReadOnlyList<(string Probabilities, double Weight)> parts) => parts
        .Select(part => Add("Mul", [part.Probabilities, Constant([(float)part.Weight], 1, 1)])).Aggregate((sum, part) => Add("Add", [sum, part]));

    /// <summary>Declares an output.</summary>
    public void AddOutput(string value, string name, int width)
    {
        _graph.Nodes.Add(new("Identity", [value], [name], []));
        _graph.Outputs.Add(new(name, OnnxElement.Float, ["N", width]));
    }

    /// <summary>The network, PReLU written the fast way and large constants kept in half precision.</summary>
    public OnnxModel Build() => HalfPrecisionStorage.Apply(PReluRewrite.Apply(new(_graph, OnnxModel.CurrentOpset, "semblance-train")));

    private string Dense(LinearLayer layer, string x) => Add(
        "Gemm", [x, Constant(layer.Weights, layer.Outputs, layer.Inputs), Constant(layer.Biases, layer.Outputs)], new OnnxAttribute("transB", 1L));

    private string Constant(float[] values, params IReadOnlyList<long> shape)
    {
        string name = $"head/c{_count++}";
        _graph.Initializers.Add(OnnxTensor.Floats(name, values, shape));
        return name;
    }

    private string Add(string type, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes)
    {
        string name = $"head/v{_count++}";
        _graph.Nodes.Add(new(type, inputs, [name], attributes));
        return name;
    }
}
