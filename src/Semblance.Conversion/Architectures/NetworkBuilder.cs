using Semblance.Conversion.Networks;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Architectures;

/// <summary>Writes the layers that several architectures have, in the form that is asked for.</summary>
/// <param name="name">Name of the graph.</param>
/// <param name="weights">The weights.</param>
/// <param name="form">How layers are written.</param>
internal sealed class NetworkBuilder(string name, StateReader weights, GraphForm form)
{
    /// <summary>The graph that is written.</summary>
    public OnnxGraphBuilder Graph { get; } = new(name);

    /// <summary>The weights.</summary>
    public StateReader Weights => weights;

    /// <summary>Whether layers are folded and rewritten.</summary>
    public bool IsFast => form == GraphForm.Fast;

    /// <summary>A convolution of the state_dict; a bias is a layer of its own there.</summary>
    public ConvLayer Layer(string key, KernelSize size) =>
        new(size, weights.Deferred(key + ".weight", size.Out, size.In, size.Side, size.Side));

    /// <summary>A convolution of the state_dict with a bias.</summary>
    public ConvLayer LayerWithBias(string key, KernelSize size) =>
        Layer(key, size) with
        {
            Bias = [.. weights.Vector(key + ".bias", size.Out).Select(b => (double)b)],
        };

    /// <summary>Convolution.</summary>
    public string Conv(string x, ConvLayer layer)
    {
        List<string> inputs = [x, Graph.Deferred(layer.FoldedWeights, layer.Size.Out, layer.Size.In, layer.Size.Side, layer.Size.Side)];
        if (layer.Bias is not null)
            inputs.Add(Graph.Constant(Floats(layer.Bias), layer.Size.Out));
        return Graph.Add(
            "Conv",
            inputs,
            new OnnxAttribute("kernel_shape", new long[] { layer.Size.Side, layer.Size.Side }),
            new("strides", new long[] { layer.Stride, layer.Stride }),
            new("pads", layer.Pads.ToArray()),
            new("group", (long)layer.Groups)
        );
    }

    /// <summary>Convolution and normalisation: in one, or one after the other.</summary>
    public string ConvNorm(string x, ConvLayer layer, BatchNorm norm) => IsFast ? Conv(x, layer.Then(norm)) : Norm(Conv(x, layer), norm);

    /// <summary>Normalisation as an operator of its own.</summary>
    public string Norm(string x, BatchNorm norm) =>
        Graph.Add(
            "BatchNormalization",
            [x, Vector(norm.Weight), Vector(norm.Bias), Vector(norm.Mean), Vector(norm.Variance)],
            new OnnxAttribute("epsilon", BatchNorm.Epsilon)
        );

    /// <summary>A factor and an addend for every channel, as a depthwise convolution.</summary>
    public string Scaled(string x, double[] scale, double[] shift) =>
        Graph.Conv(x, new(scale.Length, 1, 1, 1, Floats(scale), Floats(shift)) { Groups = scale.Length });

    /// <summary>PReLU of a map with slopes of the state_dict.</summary>
    public string PRelu(string x, float[] slopes, double[]? offset = null) =>
        PReluExpression.OfMap(
            Graph,
            x,
            slopes,
            IsFast ? PReluForm.Convolutions : PReluForm.Operator,
            offset is null ? null : Floats(offset)
        );

    /// <summary>A constant list of floats.</summary>
    public string Vector(float[] values) => Graph.Constant(values, values.Length);

    /// <summary>Rounds to floats.</summary>
    public static float[] Floats(double[] values) => [.. values.Select(value => (float)value)];
}
