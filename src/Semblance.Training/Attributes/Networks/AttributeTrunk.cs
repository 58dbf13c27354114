using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Training.Attributes.Networks;

/// <summary>
/// The convolutions of a face embedder, or of an attribute network, without its end: what attribute networks start from. Fully
/// convolutional, so that it takes other sides than the embedder's.
/// </summary>
internal static class AttributeTrunk
{
    /// <summary>Name of the maps that come out.</summary>
    public const string Maps = "maps";

    /// <summary>
    /// Cuts an embedder before the first convolution whose kernel spans the whole map (MobileFaceNet's global depthwise convolution), or a
    /// network that <see cref="Export.AttributeGraph"/> wrote before it averages its trunk's maps.
    /// </summary>
    /// <param name="network">A network of convolutions, PReLU and additions up to there.</param>
    /// <param name="whole">Side of an embedder's last map at its own input: the kernel to look for.</param>
    /// <returns>The graph up to there: [N, 3, side, side] to [N, channels, side / 16, side / 16].</returns>
    /// <exception cref="TrainingException">It has neither.</exception>
    public static OnnxModel Cut(OnnxModel network, int whole = 7)
    {
        OnnxGraph old = PReluRestore.Apply(HalfPrecisionStorage.Undo(network)).Graph;
        OnnxNode end = old.Nodes.Find(node =>
            node.Operator == "GlobalAveragePool"
            || (node.Operator == "Conv" && old.FindInitializer(node.Inputs[1]) is { Shape: [_, _, var height, _] } && height == whole)
        )
            ?? throw new TrainingException(
                $"the network has neither a {whole} x {whole} convolution nor an average of whole maps before which it could be cut"
            );
        string last = end.Inputs[0];
        OnnxNode[] nodes = Before(last, old);
        HashSet<string> used = [.. nodes.SelectMany(node => node.Inputs)];
        OnnxGraph graph = new()
        {
            Name = "trunk",
            Nodes =
            [
                .. nodes.Select(node => node with { Outputs = [.. node.Outputs.Select(Rename)], Inputs = [.. node.Inputs.Select(Rename)] }),
            ],
            Initializers = [.. old.Initializers.Where(tensor => used.Contains(tensor.Name))],
            Inputs = [new(nodes[0].Inputs[0], OnnxElement.Float, ["N", 3, "side", "side"])],
            Outputs = [new(Maps, OnnxElement.Float, ["N", ChannelsOf(old, nodes), "rows", "columns"])],
        };
        return new(graph, OnnxModel.CurrentOpset, network.Producer);

        string Rename(string name) => name == last ? Maps : name;
    }

    /// <summary>The nodes that a value comes from, in the graph's order, back to the network's input or to where its input is brought to
    /// the trunk's size.</summary>
    private static OnnxNode[] Before(string value, OnnxGraph graph)
    {
        HashSet<string> wanted = [value];
        Stack<OnnxNode> found = [];
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            OnnxNode node = graph.Nodes[i];
            if (node.Operator == "Resize" || !node.Outputs.Any(wanted.Contains))
                continue;
            wanted.UnionWith(node.Inputs);
            found.Push(node);
        }
        return [.. found];
    }

    /// <summary>Channels of the maps that a trunk gives.</summary>
    public static long ChannelsOf(OnnxModel trunk) => trunk.Graph.Outputs[0].Shape[1].Size;

    private static long ChannelsOf(OnnxGraph graph, OnnxNode[] nodes) =>
        nodes.Reverse().SelectMany(node => node.Inputs.Skip(1)).Select(graph.FindInitializer).First(tensor => tensor is not null)!.Shape[0];
}
