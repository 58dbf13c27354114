using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Architectures;

/// <summary>
/// The IR networks of AdaFace (Kim et al., CVPR 2022): <c>input</c> [N, 3, 112, 112], blue first, to <c>embedding</c> [N, 512], a unit
/// vector, and <c>norm</c> [N, 1], its length before, which tells the crop's quality.
/// </summary>
internal sealed class AdaFaceIr : Architecture
{
    private const int Dimension = 512,
        LastSide = 7;

    private static readonly int[] Widths = [64, 128, 256, 512];

    private readonly int[] _depths;

    private AdaFaceIr(int layers, params int[] depths)
        : base(
            $"adaface-ir{layers}",
            new(NetworkKind.Embedder, $"adaface-ir{layers}"),
            NetworkInput.AlignedCrop(ChannelOrder.Bgr),
            new NetworkOutput("embedding", "embedding", ["N", $"{Dimension}"]) { IsUnit = true },
            new("norm", "norm", ["N", "1"])
        )
    {
        _depths = depths;
    }

    /// <summary>The networks that AdaFace trains; what it calls 101 has the blocks of arcface_torch's 100.</summary>
    public static IReadOnlyList<AdaFaceIr> All { get; } =
    [new(18, 2, 2, 2, 2), new(34, 3, 4, 6, 3), new(50, 3, 4, 14, 3), new(101, 3, 13, 30, 3)];

    private protected override OnnxModel Graph(StateReader weights, GraphForm form)
    {
        NetworkBuilder builder = new(Id, weights, form);
        OnnxGraphBuilder graph = builder.Graph;
        string x = graph.Input(NetworkInput.Name, "N", 3, Input.Height, Input.Width);
        x = new ResidualTrunk(builder, [.. Blocks()]).Write(x, ("input_layer.0", "input_layer.1", "input_layer.2"));
        x = new EmbeddingHead(builder, Widths[^1], LastSide, Dimension).Write(
            x,
            BatchNorm.Read(weights, "output_layer.0", Widths[^1]),
            "output_layer.3",
            BatchNorm.ReadPlain(weights, "output_layer.4", Dimension)
        );
        string norm = graph.Add("ReduceL2", [x], new OnnxAttribute("axes", new long[] { 1 }), new("keepdims", 1L));
        graph.Output(graph.Add("Div", [x, norm]), Outputs[0].Name, "N", Dimension);
        graph.Output(norm, Outputs[1].Name, "N", 1);
        return graph.Build(Producer);
    }

    private IEnumerable<ResidualBlock> Blocks()
    {
        int channels = Widths[0],
            number = 0;
        for (int stage = 0; stage < Widths.Length; stage++)
        {
            for (int i = 0; i < _depths[stage]; i++)
            {
                string block = $"body.{number++}.",
                    layer = block + "res_layer.";
                ResidualKeys keys = new(
                    layer + "0",
                    layer + "1",
                    layer + "2",
                    layer + "3",
                    layer + "4",
                    layer + "5",
                    block + "shortcut_layer.0",
                    block + "shortcut_layer.1"
                );
                ResidualShortcut shortcut =
                    i > 0 ? ResidualShortcut.Identity
                    : channels == Widths[stage] ? ResidualShortcut.Subsample
                    : ResidualShortcut.Convolution;
                yield return new(channels, Widths[stage], i == 0 ? 2 : 1, shortcut, keys);
                channels = Widths[stage];
            }
        }
    }
}
