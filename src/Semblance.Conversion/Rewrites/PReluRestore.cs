using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>
/// Undoes <see cref="PReluRewrite"/>: finds the operators that stand for PReLU and writes PRelu again, with the slopes and kernels taken
/// back out of the factors. The same numbers but for rounding. For training, where a slope has to be one number and not the product of
/// several.
/// </summary>
internal static class PReluRestore
{
    /// <summary>Restores a model; the argument stays as it is, and what is not in that form is kept.</summary>
    public static OnnxModel Apply(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        OnnxGraph old = model.Graph;
        OnnxGraph graph = new()
        {
            Name = old.Name,
            Inputs = [.. old.Inputs],
            Outputs = [.. old.Outputs],
        };
        graph.Initializers.AddRange(old.Initializers);
        Dictionary<string, OnnxNode> producers = old.Nodes.ToDictionary(node => node.Outputs[0]);
        Dictionary<OnnxNode, IReadOnlyList<OnnxNode>> restored = [];
        HashSet<OnnxNode> replaced = [];
        foreach (OnnxNode add in old.Nodes.Where(node => node.Operator == "Add"))
        {
            RewrittenPRelu? form = RewrittenPRelu.Match(add, old, producers);
            if (form is null)
                continue;
            replaced.UnionWith(form.Parts);
            restored[add] = form.Restore(graph);
        }
        foreach (OnnxNode node in old.Nodes)
        {
            if (restored.TryGetValue(node, out IReadOnlyList<OnnxNode>? nodes))
                graph.Nodes.AddRange(nodes);
            else if (!replaced.Contains(node))
                graph.Nodes.Add(node);
        }
        HashSet<string> used = [.. graph.Nodes.SelectMany(node => node.Inputs)];
        graph.Initializers.RemoveAll(tensor => !used.Contains(tensor.Name));
        return model with { Graph = graph };
    }
}
