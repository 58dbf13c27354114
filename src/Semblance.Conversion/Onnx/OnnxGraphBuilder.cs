namespace Semblance.Conversion.Onnx;

/// <summary>Builds a graph operation by operation; every method gives the name of its result. Names are counted, so the same calls give the
/// same file.</summary>
internal sealed class OnnxGraphBuilder(string name)
{
    private readonly OnnxGraph _graph = new() { Name = name };
    private int _count;

    /// <summary>Declares an input of floats.</summary>
    public string Input(string input, params IReadOnlyList<OnnxAxis> shape)
    {
        _graph.Inputs.Add(new(input, OnnxElement.Float, shape));
        return input;
    }

    /// <summary>Declares a result as an output of the graph under a name of its own.</summary>
    public void Output(string value, string output, params IReadOnlyList<OnnxAxis> shape)
    {
        Add("Identity", [value], output);
        _graph.Outputs.Add(new(output, OnnxElement.Float, shape));
    }

    /// <summary>Adds a constant of floats.</summary>
    public string Constant(ReadOnlySpan<float> values, params IReadOnlyList<long> shape)
    {
        string constant = $"c{_count++}";
        _graph.Initializers.Add(OnnxTensor.Floats(constant, values, shape));
        return constant;
    }

    /// <summary>Adds a constant of floats that are made when the file is written.</summary>
    public string Deferred(Func<float[]> values, params IReadOnlyList<long> shape)
    {
        string constant = $"c{_count++}";
        _graph.Initializers.Add(OnnxTensor.Deferred(constant, values, shape));
        return constant;
    }

    /// <summary>Adds a constant list of whole numbers.</summary>
    public string Longs(params ReadOnlySpan<long> values)
    {
        string constant = $"c{_count++}";
        _graph.Initializers.Add(OnnxTensor.Longs(constant, values));
        return constant;
    }

    /// <summary>Adds any operation with one result.</summary>
    public string Add(string type, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes) =>
        Add(type, inputs, $"v{_count++}", attributes);

    /// <summary>Convolution.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="kernel">The kernel and how it moves.</param>
    public string Conv(string x, ConvKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        List<string> inputs = [x, Constant(kernel.Weights, kernel.Out, kernel.InPerGroup, kernel.Height, kernel.Width)];
        if (kernel.Bias is not null)
            inputs.Add(Constant(kernel.Bias, kernel.Out));
        return Add(
            "Conv",
            inputs,
            new OnnxAttribute("kernel_shape", new long[] { kernel.Height, kernel.Width }),
            new("strides", new long[] { kernel.Stride, kernel.Stride }),
            new("pads", kernel.Pads.ToArray()),
            new("group", (long)kernel.Groups)
        );
    }

    /// <summary>The graph so far as a model.</summary>
    public OnnxModel Build(string producer) => new(_graph, OnnxModel.CurrentOpset, producer);

    private string Add(string type, IReadOnlyList<string> inputs, string output, params IReadOnlyList<OnnxAttribute> attributes)
    {
        _graph.Nodes.Add(new(type, inputs, [output], attributes));
        return output;
    }
}

/// <summary>A convolution's constants.</summary>
/// <param name="Out">Output channels.</param>
/// <param name="InPerGroup">Input channels of one group.</param>
/// <param name="Height">Rows of the kernel.</param>
/// <param name="Width">Columns of the kernel.</param>
/// <param name="Weights">[Out, InPerGroup, Height, Width].</param>
/// <param name="Bias">[Out], or null.</param>
internal sealed record ConvKernel(int Out, int InPerGroup, int Height, int Width, float[] Weights, float[]? Bias)
{
    /// <summary>Pixels from one position to the next.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Groups of channels that don't see one another.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Zeros around the input: top, left, bottom, right.</summary>
    public IReadOnlyList<long> Pads { get; init; } = [0, 0, 0, 0];
}
