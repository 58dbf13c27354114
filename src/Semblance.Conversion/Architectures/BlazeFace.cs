using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Architectures;

/// <summary>
/// BlazeFace (Bazarevsky et al. 2019) in hollance's PyTorch shape: <c>input</c> [N, 3, S, S] to <c>regressors</c> [N, 896, 16] and
/// <c>scores</c> [N, 896, 1], both raw. 512 anchors of the 16x16 map come first, two at every cell, then 384 of the 8x8 map, six at every
/// cell.
/// </summary>
internal abstract class BlazeFace : Architecture
{
    private const int Anchors = 896,
        Coordinates = 16;

    private protected BlazeFace(string id, int side)
        : base(
            id,
            new(NetworkKind.Detector, id),
            NetworkInput.Centred(side, side, ChannelOrder.Rgb, 1 / 127.5f),
            new NetworkOutput("regressors", "boxes", ["N", $"{Anchors}", $"{Coordinates}"]),
            new("scores", "scores", ["N", $"{Anchors}", "1"])
        ) { }

    private protected sealed override OnnxModel Graph(StateReader weights, GraphForm form)
    {
        NetworkBuilder b = new(Id, weights, form);
        (BlazeMap fine, BlazeMap coarse) = Body(b, b.Graph.Input(NetworkInput.Name, "N", 3, Input.Height, Input.Width));
        (BlazeMap Map, string Key, int PerCell)[] levels = [(fine, "8", 2), (coarse, "16", 6)];
        b.Graph.Output(Head(b, levels, "regressor", Coordinates), Outputs[0].Name, "N", Anchors, Coordinates);
        b.Graph.Output(Head(b, levels, "classifier", 1), Outputs[1].Name, "N", Anchors, 1);
        OnnxModel model = b.Graph.Build(Producer);
        return form == GraphForm.Fast && !weights.OnlyLists ? ChannelWidening.Apply(model) : model;
    }

    /// <summary>Writes the layers between the picture and the two maps that heads look at.</summary>
    private protected abstract (BlazeMap Fine, BlazeMap Coarse) Body(NetworkBuilder b, string x);

    /// <summary>The first layer: 5x5 with stride 2, padded as TensorFlow does, where the odd pixel comes at the right and bottom.</summary>
    private protected static BlazeMap Stem(NetworkBuilder b, string x, string key)
    {
        const int Channels = 24;
        ConvLayer conv = b.LayerWithBias(key, new(Channels, 3, 5)) with { Stride = 2, Pads = [1, 1, 2, 2] };
        return new(b.Graph.Add("Relu", [b.Conv(x, conv)]), Channels);
    }

    /// <summary>A block: depthwise 3x3, 1x1, plus the input, relu. With a stride the input is pooled; added channels are zero in
    /// it.</summary>
    private protected static BlazeMap Block(NetworkBuilder b, BlazeMap x, string key, int channels, int stride = 1)
    {
        string y = Separable(b, x, key, channels, stride),
            skip = x.Value;
        if (stride > 1)
            skip = b.Graph.Add(
                "MaxPool",
                [skip],
                new OnnxAttribute("kernel_shape", new long[] { 2, 2 }),
                new("strides", new long[] { 2, 2 })
            );
        if (channels > x.Channels)
            skip = b.Graph.Add("Pad", [skip, b.Graph.Longs(0, 0, 0, 0, 0, channels - x.Channels, 0, 0)]);
        return new(b.Graph.Add("Relu", [b.Graph.Add("Add", [y, skip])]), channels);
    }

    /// <summary>The back network's last block, with a stride and without a sum.</summary>
    private protected static BlazeMap Last(NetworkBuilder b, BlazeMap x, string key, int channels) =>
        new(b.Graph.Add("Relu", [Separable(b, x, key, channels, stride: 2)]), channels);

    private static string Separable(NetworkBuilder b, BlazeMap x, string key, int channels, int stride)
    {
        ConvLayer depthwise = b.LayerWithBias(key + ".convs.0", new(x.Channels, 1, 3)) with
        {
            Stride = stride,
            Groups = x.Channels,
            Pads = stride > 1 ? [0, 0, 2, 2] : [1, 1, 1, 1],
        };
        return b.Conv(b.Conv(x.Value, depthwise), b.LayerWithBias(key + ".convs.1", new(channels, x.Channels, 1)));
    }

    private static string Head(NetworkBuilder b, (BlazeMap Map, string Key, int PerCell)[] levels, string key, int size)
    {
        string shape = b.Graph.Longs(0, -1, size);
        IEnumerable<string> rows = levels.Select(level =>
        {
            string x = b.Conv(level.Map.Value, b.LayerWithBias($"{key}_{level.Key}", new(level.PerCell * size, level.Map.Channels, 1)));
            return b.Graph.Add("Reshape", [b.Graph.Add("Transpose", [x], new OnnxAttribute("perm", new long[] { 0, 2, 3, 1 })), shape]);
        });
        return b.Graph.Add("Concat", [.. rows], new OnnxAttribute("axis", 1L));
    }
}

/// <summary>A map of BlazeFace.</summary>
/// <param name="Value">Its name.</param>
/// <param name="Channels">Its channels.</param>
internal sealed record BlazeMap(string Value, int Channels);
