using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Architectures;

/// <summary>
/// IResNet of arcface_torch: <c>input</c> [N, 3, 112, 112] to <c>embedding</c> [N, 512], not yet a unit vector.
/// </summary>
internal sealed class IResNet : Architecture
{
    private const int Dimension = 512,
        LastSide = 7;

    private static readonly int[] Widths = [64, 128, 256, 512];

    private readonly int[] _depths;

    private IResNet(int layers, params int[] depths)
        : base(
            $"iresnet-{layers}",
            new(NetworkKind.Embedder, $"iresnet-{layers}"),
            NetworkInput.AlignedCrop(ChannelOrder.Rgb),
            new NetworkOutput("embedding", "embedding", ["N", $"{Dimension}"])
        )
    {
        _depths = depths;
    }

    /// <summary>The networks that arcface_torch trains.</summary>
    public static IReadOnlyList<IResNet> All { get; } =
    [new(18, 2, 2, 2, 2), new(34, 3, 4, 6, 3), new(50, 3, 4, 14, 3), new(100, 3, 13, 30, 3), new(200, 6, 26, 60, 6)];

    private protected override OnnxModel Graph(StateReader weights, GraphForm form)
    {
        NetworkBuilder builder = new(Id, weights, form);
        string x = builder.Graph.Input(NetworkInput.Name, "N", 3, Input.Height, Input.Width);
        x = new ResidualTrunk(builder, [.. Blocks()]).Write(x, ("conv1", "bn1", "prelu"));
        x = new EmbeddingHead(builder, Widths[^1], LastSide, Dimension).Write(
            x,
            BatchNorm.Read(weights, "bn2", Widths[^1]),
            "fc",
            BatchNorm.Read(weights, "features", Dimension)
        );
        builder.Graph.Output(x, Outputs[0].Name, "N", Dimension);
        return builder.Graph.Build(Producer);
    }

    private IEnumerable<ResidualBlock> Blocks()
    {
        int channels = Widths[0];
        for (int stage = 0; stage < Widths.Length; stage++)
        {
            for (int i = 0; i < _depths[stage]; i++)
            {
                string block = $"layer{stage + 1}.{i}.";
                ResidualKeys keys = new(
                    block + "bn1",
                    block + "conv1",
                    block + "bn2",
                    block + "prelu",
                    block + "conv2",
                    block + "bn3",
                    block + "downsample.0",
                    block + "downsample.1"
                );
                yield return new(
                    channels,
                    Widths[stage],
                    i == 0 ? 2 : 1,
                    i == 0 ? ResidualShortcut.Convolution : ResidualShortcut.Identity,
                    keys
                );
                channels = Widths[stage];
            }
        }
    }
}
