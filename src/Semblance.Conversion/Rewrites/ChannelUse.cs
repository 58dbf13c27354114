using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>What the operations of a graph do with channels, and which maps must therefore keep exactly those that they have.</summary>
internal sealed class ChannelUse
{
    /// <summary>Operations that leave zeros zero and look at no channel but their own.</summary>
    private static readonly HashSet<string> Elementwise = ["Relu", "LeakyRelu", "MaxPool", "Add"];

    private readonly OnnxGraph _graph;
    private readonly HashSet<string> _exact;

    public ChannelUse(OnnxGraph graph)
    {
        _graph = graph;
        _exact = [.. graph.Inputs.Select(value => value.Name), .. graph.Outputs.Select(value => value.Name)];
        // Backwards, and again while anything changes: what adds up with an exact map is exact too.
        for (int before = -1; before != _exact.Count; )
        {
            before = _exact.Count;
            foreach (OnnxNode node in Enumerable.Reverse(graph.Nodes))
                Follow(node);
        }
    }

    /// <summary>Whether a map must keep its channels, because something looks at every number of it.</summary>
    public bool IsExact(string map) => _exact.Contains(map);

    /// <summary>Whether a convolution lets every channel in take part in every channel out, with constant kernels.</summary>
    public bool Blends(OnnxNode node) => node.Operator == "Conv" && Groups(node) == 1 && HasConstants(node);

    /// <summary>Whether a convolution treats every channel by itself, with constant kernels.</summary>
    public bool IsDepthwise(OnnxNode node) =>
        node.Operator == "Conv"
        && Groups(node) > 1
        && HasConstants(node)
        && _graph.FindInitializer(node.Inputs[1])!.Shape is [long outputs, 1, _, _]
        && outputs == Groups(node);

    /// <summary>The channels that a padding adds behind the others, or null when the node does something else.</summary>
    public long? AddedChannels(OnnxNode node) =>
        node.Operator == "Pad"
        && node.Inputs.Count == 2
        && _graph.FindInitializer(node.Inputs[1])?.ToLongs() is [0, 0, 0, 0, 0, long channels, 0, 0]
            ? channels
            : null;

    /// <summary>The maps that a node takes, constants left out.</summary>
    public IEnumerable<string> Maps(OnnxNode node) => node.Inputs.Where(input => input.Length > 0 && _graph.FindInitializer(input) is null);

    private void Follow(OnnxNode node)
    {
        if (Blends(node))
            return;
        List<string> tied = [.. Maps(node), .. node.Outputs];
        if (!KeepsChannelsApart(node) || tied.Exists(_exact.Contains))
            _exact.UnionWith(tied);
    }

    private bool KeepsChannelsApart(OnnxNode node) =>
        (Elementwise.Contains(node.Operator) && !node.Inputs.Any(input => _graph.FindInitializer(input) is not null))
        || (node.Operator == "Resize" && node.Inputs.Count == 3)
        || IsDepthwise(node)
        || AddedChannels(node) is not null;

    private bool HasConstants(OnnxNode node) => node.Inputs.Skip(1).All(input => _graph.FindInitializer(input) is not null);

    private static long Groups(OnnxNode node) => node.Find("group")?.Value is long groups ? groups : 1;
}
