using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>The graph that <see cref="ChannelWidening"/> writes, node by node.</summary>
/// <param name="old">The graph that is rewritten.</param>
/// <param name="use">What its operations do with channels.</param>
internal sealed class WidenedGraph(OnnxGraph old, ChannelUse use)
{
    /// <summary>Channels of a block where vectors have 512 bits; a multiple of what ONNX Runtime takes elsewhere.</summary>
    private const int Block = 16;

    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _initializers = [];

    /// <summary>Channels that a map has by now; maps that are not here have those they had.</summary>
    private readonly Dictionary<string, int> _widths = [];

    /// <summary>Maps that stand for another one: paddings that fell away.</summary>
    private readonly Dictionary<string, string> _aliases = [];

    /// <summary>Paddings that reach into a further block, waiting for their addition.</summary>
    private readonly HashSet<string> _padded = [];

    /// <summary>Nodes that were written together with an earlier one.</summary>
    private readonly HashSet<OnnxNode> _written = [];

    public void Add(OnnxNode node)
    {
        if (_written.Contains(node))
            return;
        if (use.Blends(node) || use.IsDepthwise(node))
            Convolution(node);
        else if (use.AddedChannels(node) is { } added && !use.IsExact(node.Outputs[0]))
            Pad(node, added);
        else if (node.Operator == "Add" && node.Inputs.Any(_padded.Contains))
            AddPadded(node);
        else
            Copy(node);
    }

    public OnnxGraph Build()
    {
        HashSet<string> used = [.. _nodes.SelectMany(node => node.Inputs)];
        return new()
        {
            Name = old.Name,
            Nodes = _nodes,
            Initializers = [.. old.Initializers.Concat(_initializers).Where(tensor => used.Contains(tensor.Name))],
            Inputs = [.. old.Inputs],
            Outputs = [.. old.Outputs],
        };
    }

    private static int WholeBlocks(long channels) => (int)((channels + Block - 1) / Block * Block);

    private void Copy(OnnxNode node)
    {
        OnnxNode copy = node with { Inputs = [.. node.Inputs.Select(Resolve)] };
        _nodes.Add(copy);
        if (copy.Inputs.Count > 0 && _widths.TryGetValue(copy.Inputs[0], out int width) && !use.IsExact(node.Outputs[0]))
            _widths[node.Outputs[0]] = width;
    }

    private void Convolution(OnnxNode node)
    {
        string x = Resolve(node.Inputs[0]),
            y = node.Outputs[0];
        int channels = (int)Kernel(node).Shape[0];
        int outputs =
            use.IsDepthwise(node) ? Math.Max(_widths.GetValueOrDefault(x), channels)
            : use.IsExact(y) ? channels
            : WholeBlocks(channels);
        WriteConvolution(node, x, y, 0, outputs);
        _widths[y] = outputs;
    }

    /// <summary>Writes the part of a convolution that gives the channels of a range; what lies beyond the kernel is zero.</summary>
    private void WriteConvolution(OnnxNode node, string x, string y, int from, int to)
    {
        int inputs = use.IsDepthwise(node) ? 1 : Math.Max(_widths.GetValueOrDefault(x), (int)Kernel(node).Shape[1]);
        List<string> constants = [Constant(y + "/kernel", Kernel(node), from, to, inputs)];
        if (node.Inputs.Count > 2)
            constants.Add(Constant(y + "/bias", old.FindInitializer(node.Inputs[2])!, from, to, null));
        IEnumerable<OnnxAttribute> attributes = node.Attributes.Select(a =>
            a.Name == "group" && use.IsDepthwise(node) ? new("group", (long)(to - from)) : a
        );
        _nodes.Add(new("Conv", [x, .. constants], [y], [.. attributes]) { Name = node.Name });
    }

    private string Constant(string name, OnnxTensor tensor, int from, int to, int? inputs)
    {
        int had = inputs is null ? 1 : (int)tensor.Shape[1],
            has = inputs ?? 1;
        int plane = (int)tensor.Shape.Skip(2).Aggregate(1L, (product, size) => product * size);
        float[] narrow = tensor.ToFloats(),
            wide = new float[(to - from) * has * plane];
        for (int o = from; o < Math.Min(to, tensor.Shape[0]); o++)
            narrow.AsSpan(o * had * plane, had * plane).CopyTo(wide.AsSpan((o - from) * has * plane));
        _initializers.Add(OnnxTensor.Floats(name, wide, inputs is null ? [to - from] : [to - from, has, .. tensor.Shape.Skip(2)]));
        return name;
    }

    private void Pad(OnnxNode node, long added)
    {
        string x = Resolve(node.Inputs[0]);
        _aliases[node.Outputs[0]] = x;
        if (WholeBlocks(Channels(node.Inputs[0]) + added) == _widths[x])
            return;
        if (Users(node.Outputs[0]) is not [{ Operator: "Add" }])
            throw new ConversionException($"'{node.Outputs[0]}' is padded for something other than one sum");
        _padded.Add(node.Outputs[0]);
    }

    /// <summary>
    /// A narrow map, padded, plus a convolution: the convolution's first channels plus the map, and its other channels as they are. A relu
    /// behind is written before the two are joined, where it costs nothing.
    /// </summary>
    private void AddPadded(OnnxNode node)
    {
        string padded = node.Inputs.First(_padded.Contains),
            other = node.Inputs.First(input => input != padded),
            x = Resolve(padded);
        OnnxNode? conv = old.Nodes.Find(n => n.Outputs[0] == other && use.Blends(n));
        if (conv is null || Users(other).Count > 1)
            throw new ConversionException($"'{padded}' is padded for something other than the sum with a convolution");
        OnnxNode whole = _nodes.Find(n => n.Outputs[0] == other)!;
        _nodes.Remove(whole);
        OnnxNode? relu = Users(node.Outputs[0]) is [{ Operator: "Relu" } only] ? only : null;
        string y = (relu ?? node).Outputs[0],
            first = y + "/first",
            last = y + "/last";
        WriteConvolution(conv, whole.Inputs[0], first, 0, _widths[x]);
        WriteConvolution(conv, whole.Inputs[0], last, _widths[x], _widths[other]);
        string sum = Write("Add", [first, x], first + "/sum");
        if (relu is not null)
        {
            sum = Write("Relu", [sum], first + "/relu");
            last = Write("Relu", [last], last + "/relu");
            _written.Add(relu);
        }
        Write("Concat", [sum, last], y, new OnnxAttribute("axis", 1L));
        _widths[y] = _widths[other];
    }

    private string Write(string type, IReadOnlyList<string> inputs, string output, params IReadOnlyList<OnnxAttribute> attributes)
    {
        _nodes.Add(new(type, inputs, [output], attributes));
        return output;
    }

    /// <summary>Channels that a map had at first: those of the convolution or padding that it comes from.</summary>
    private long Channels(string map)
    {
        OnnxNode source = old.Nodes.Find(n => n.Outputs.Contains(map))
            ?? throw new ConversionException($"the channels of '{map}' are not known");
        return source.Operator == "Conv" ? Kernel(source).Shape[0] : Channels(source.Inputs[0]) + (use.AddedChannels(source) ?? 0);
    }

    private List<OnnxNode> Users(string map) => old.Nodes.FindAll(node => node.Inputs.Contains(map));

    private string Resolve(string name) => _aliases.GetValueOrDefault(name, name);

    private OnnxTensor Kernel(OnnxNode conv) => old.FindInitializer(conv.Inputs[1])!;
}
