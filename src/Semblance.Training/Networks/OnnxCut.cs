using Semblance.Conversion.Onnx;

namespace Semblance.Training.Networks;

/// <summary>A place in a graph that everything passes through one tensor: what lies before it can be computed apart.</summary>
/// <param name="Tensor">Name of the tensor.</param>
/// <param name="Before">The graph up to it, with the tensor as its output.</param>
internal sealed record OnnxCut(string Tensor, OnnxModel Before)
{
    /// <summary>Finds the last such place behind at most so many layers; null where there is none.</summary>
    /// <param name="model">The network.</param>
    /// <param name="layers">Convolutions, matrix products and PReLUs before the cut.</param>
    public static OnnxCut? Find(OnnxModel model, int layers)
    {
        OnnxGraph graph = model.Graph;
        Dictionary<string, int> lastUse = [];
        for (int i = 0; i < graph.Nodes.Count; i++)
            foreach (string input in graph.Nodes[i].Inputs)
                lastUse[input] = i;
        HashSet<string> live = [graph.Inputs[0].Name];
        int passed = 0,
            place = -1;
        for (int i = 0; i < graph.Nodes.Count - 1; i++)
        {
            OnnxNode node = graph.Nodes[i];
            if (IsLayer(node) && ++passed > layers)
                break;
            live.UnionWith(node.Outputs);
            live.RemoveWhere(name => lastUse.GetValueOrDefault(name, -1) <= i);
            if (live.Count == 1 && passed > 0 && live.Contains(node.Outputs[0]))
                place = i;
        }
        if (place < 0)
            return null;
        string tensor = graph.Nodes[place].Outputs[0];
        HashSet<string> used = [.. graph.Nodes.Take(place + 1).SelectMany(node => node.Inputs)];
        return new(
            tensor,
            model with
            {
                Graph = new()
                {
                    Name = graph.Name,
                    Nodes = [.. graph.Nodes.Take(place + 1)],
                    Initializers = [.. graph.Initializers.Where(constant => used.Contains(constant.Name))],
                    Inputs = [.. graph.Inputs],
                    Outputs = [new(tensor, OnnxElement.Float, ["N", "channels", "height", "width"])],
                },
            }
        );
    }

    /// <summary>Whether a node counts as a layer.</summary>
    public static bool IsLayer(OnnxNode node) => node.Operator is "Conv" or "Gemm" or "PRelu";
}
