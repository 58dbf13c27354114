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

    /// <summary>A network of one trunk, whose input is the crop.</summary>
    /// <param name="trunk">The trained trunk.</param>
    /// <param name="hidden">The hidden layer; null for none.</param>
    public AttributeGraph(OnnxModel trunk, LinearLayer? hidden)
    {
        OnnxGraph old = trunk.Graph;
        _graph = new()
        {
            Name = "attributes",
            Nodes = [.. old.Nodes],
            Initializers = [.. old.Initializers],
            Inputs = [.. old.Inputs],
        };
        _features = Average(old.Outputs[0].Name);
        if (hidden is not null)
            _features = Add("Relu", [Dense(hidden, _features)]);
    }

    /// <summary>A network of a trunk that takes the face's embedding beside the crop.</summary>
    /// <param name="trunk">The trained trunk.</param>
    /// <param name="side">Side of the trunk's input.</param>
    /// <param name="crop">Side of the crop.</param>
    /// <param name="embedding">Name of the input for the embedding.</param>
    /// <param name="dimension">Components of the embedding.</param>
    /// <param name="hidden">The hidden layer, which takes the trunk's averages and then the embedding.</param>
    public AttributeGraph(OnnxModel trunk, int side, int crop, string embedding, int dimension, LinearLayer hidden)
    {
        const string Crop = "crop";
        _graph = new()
        {
            Name = "attributes",
            Inputs = [new(Crop, OnnxElement.Float, ["N", 3, crop, crop]), new(embedding, OnnxElement.Float, ["N", dimension])],
        };
        float scale = (float)side / crop;
        string small = Add(
            "Resize",
            [Crop, "", Constant([1, 1, scale, scale], 4)],
            new OnnxAttribute("mode", "linear"),
            new("coordinate_transformation_mode", "half_pixel")
        );
        string averages = Average(Include(trunk, "trunk/", small));
        _features = Add("Relu", [Dense(hidden, Add("Concat", [averages, embedding], new OnnxAttribute("axis", 1L)))]);
    }

    /// <summary>Adds a softmax over a dense layer.</summary>
    /// <returns>The name of its probabilities.</returns>
    public string AddClassifier(LinearLayer layer) => Add("Softmax", [Dense(layer, _features)], new OnnxAttribute("axis", 1L));

    /// <summary>Adds a weighted mean of probabilities.</summary>
    public string AddMixture(IReadOnlyList<(string Probabilities, double Weight)> parts) =>
        parts
            .Select(part => Add("Mul", [part.Probabilities, Constant([(float)part.Weight], 1, 1)]))
            .Aggregate((sum, part) => Add("Add", [sum, part]));

    /// <summary>Declares an output.</summary>
    public void AddOutput(string value, string name, int width)
    {
        _graph.Nodes.Add(new("Identity", [value], [name], []));
        _graph.Outputs.Add(new(name, OnnxElement.Float, ["N", width]));
    }

    /// <summary>The network, PReLU written the fast way and large constants kept in half precision.</summary>
    public OnnxModel Build() => HalfPrecisionStorage.Apply(PReluRewrite.Apply(new(_graph, OnnxModel.CurrentOpset, "semblance-train")));

    /// <summary>Adds the nodes of another network, its names with a prefix and its input replaced.</summary>
    private string Include(OnnxModel model, string prefix, string input)
    {
        OnnxGraph graph = model.Graph;
        _graph.Initializers.AddRange(graph.Initializers.Select(constant => constant with { Name = Name(constant.Name) }));
        _graph.Nodes.AddRange(
            graph.Nodes.Select(node =>
                node with
                {
                    Inputs = [.. node.Inputs.Select(Name)],
                    Outputs = [.. node.Outputs.Select(Name)],
                    Name = "",
                }
            )
        );
        return Name(graph.Outputs[0].Name);

        string Name(string name) =>
            name.Length == 0 ? ""
            : name == graph.Inputs[0].Name ? input
            : prefix + name;
    }

    private string Average(string maps) => Add("Flatten", [Add("GlobalAveragePool", [maps])]);

    private string Dense(LinearLayer layer, string x) =>
        Add(
            "Gemm",
            [x, Constant(layer.Weights, layer.Outputs, layer.Inputs), Constant(layer.Biases, layer.Outputs)],
            new OnnxAttribute("transB", 1L)
        );

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
