using Semblance.Conversion.Onnx;

namespace Semblance.Training.Attributes.Networks;

/// <summary>
/// The convolutions of a face embedder without its end: what attribute networks start from. Fully convolutional, so that it takes other sides than the
/// embedder's.
/// </summary>
internal static class AttributeTrunk
{
    /// <summary>Name of the maps that come out.</summary>
    public const string Maps = "maps";

    /// <summary>Cuts an embedder before the first convolution whose kernel spans the whole map (MobileFaceNet's global depthwise convolution).</summary>
    /// <param name="embedder">A network of convolutions, PReLU and additions.</param>
    /// <param name="whole">Side of the last map at the embedder's own input: the kernel to look for.</param>
    /// <returns>The graph up to there: [N, 3, side, side] to [N, channels, side / 16, side / 16].</returns>
    /// <exception cref="TrainingException">It has no such convolution.</exception>
    public static OnnxModel Cut(OnnxModel embedder, int whole = 7)
    {
        OnnxGraph old = embedder.Graph;
        int end = old.Nodes.FindIndex(node => node.Operator == "Conv" && old.FindInitializer(node.Inputs[1]) is { Shape: [_, _, var height, _] } && height == whole);
        if (end < 0) throw new TrainingException($"the embedder has no {whole} x {whole} convolution before which it could be cut");
        string last = old.Nodes[end].Inputs[0];
        OnnxNode[] nodes = [.. old.Nodes.Take(end).Select(node => node with { Outputs = [.. node.Outputs.Select(Rename)], Inputs = [.. node.Inputs.Select(Rename)] })];
        HashSet<string> used = [.. nodes.SelectMany(node => node.Inputs)];
        OnnxGraph graph = new()
        {
            Name = "trunk",
            Nodes = [.. nodes],
            Initializers = [.. old.Initializers.Where(tensor => used.Contains(tensor.Name))],
            Inputs = [new(old.Inputs[0].Name, OnnxElement.Float, ["N", 3, "side", "side"])],
            Outputs = [new(Maps, OnnxElement.Float, ["N", ChannelsOf(old, nodes[^1]), "rows", "columns"])],
        };
        return new(graph, OnnxModel.CurrentOpset, embedder.Producer);

        string Rename(string name) => name == last ? Maps : name;
    }

    /// <summary>Channels of the maps that a trunk gives.</summary>
    public static long ChannelsOf(OnnxModel trunk) => trunk.Graph.Outputs[0].Shape[1].Size;

    private static long ChannelsOf(OnnxGraph graph, OnnxNode last) =>
        last.Inputs.Skip(1).Select(graph.FindInitializer).FirstOrDefault(tensor => tensor is not null)?.Shape[0]
        ?? graph.Initializers.Last(tensor => tensor.Shape.Count == 4).Shape[0];
}
