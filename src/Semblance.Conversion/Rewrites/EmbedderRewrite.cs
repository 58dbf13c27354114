using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>
/// Frees an embedder of its fixed batch: the first axis of the input becomes <c>N</c>, a final Reshape to [1, d] becomes a Flatten, the
/// output gets a name of its own, and the file the current operator set. Convolutions, additions and PReLU mean the same since operator set
/// 7.
/// </summary>
internal static class EmbedderRewrite
{
    private static readonly HashSet<string> Unchanged = ["Conv", "PRelu", "Add", "Relu"];

    /// <summary>Rewrites a model with one input and one output; the argument stays as it is.</summary>
    /// <param name="model">The network.</param>
    /// <param name="output">The output's new name.</param>
    /// <exception cref="ConversionException">It has operators whose meaning is not known to be the same.</exception>
    public static OnnxModel FreeBatch(OnnxModel model, string output)
    {
        ArgumentNullException.ThrowIfNull(model);
        OnnxGraph old = model.Graph;
        if (old is not { Inputs: [var input], Outputs: [var result] })
            throw new ConversionException("an embedder with one input and one output was expected");
        OnnxNode last = old.Nodes.Find(node => node.Outputs.Contains(result.Name))
            ?? throw new ConversionException($"no node gives the output '{result.Name}'");
        if (last.Operator != "Reshape")
            throw new ConversionException($"the last node is {last.Operator}, a Reshape was expected");
        OnnxNode? unknown = old.Nodes.Find(node => node != last && !Unchanged.Contains(node.Operator));
        if (unknown is not null)
            throw new ConversionException($"operator {unknown.Operator} is not known here");

        OnnxGraph graph = new()
        {
            Name = old.Name,
            Nodes = [.. old.Nodes.Where(node => node != last), new("Flatten", [last.Inputs[0]], [output], [])],
            Initializers = [.. old.Initializers.Where(tensor => tensor.Name != last.Inputs[1])],
            Inputs = [input with { Shape = ["N", .. input.Shape.Skip(1)] }],
            Outputs = [new(output, result.Element, ["N", .. result.Shape.Skip(1)])],
        };
        return new(graph, OnnxModel.CurrentOpset, "semblance");
    }
}
