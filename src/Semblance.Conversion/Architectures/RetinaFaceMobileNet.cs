using Semblance.Conversion.Networks;

namespace Semblance.Conversion.Architectures;

/// <summary>RetinaFace with a MobileNet body (Howard et al. 2017) of a quarter of its width.</summary>
internal sealed class RetinaFaceMobileNet : RetinaFace
{
    private const float BodyLeak = 0.1f;

    /// <summary>Channels and stride of the depthwise blocks, stage by stage.</summary>
    private static readonly (int Out, int Stride)[][] Stages =
    [
        [(16, 1), (32, 2), (32, 1), (64, 2), (64, 1)],
        [(128, 2), (128, 1), (128, 1), (128, 1), (128, 1), (128, 1)],
        [(256, 2), (256, 1)],
    ];

    /// <summary>Creates the architecture.</summary>
    public RetinaFaceMobileNet()
        : base("retinaface-mobilenet025", channels: 64) { }

    private protected override IReadOnlyList<(string Map, int Channels)> Body(NetworkBuilder b, string x)
    {
        List<(string, int)> maps = [];
        int channels = 8;
        x = Layer(b, x, "body.stage1.0.0", "body.stage1.0.1", new(channels, 3, 3), stride: 2, groups: 1);
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            for (int i = 0; i < Stages[stage].Length; i++)
            {
                (int outputs, int stride) = Stages[stage][i];
                string block = $"body.stage{stage + 1}.{(stage == 0 ? i + 1 : i)}.";
                x = Layer(b, x, block + "0", block + "1", new(channels, 1, 3), stride, channels);
                x = Layer(b, x, block + "3", block + "4", new(outputs, channels, 1), stride: 1, groups: 1);
                channels = outputs;
            }
            maps.Add((x, channels));
        }
        return maps;
    }

    private static string Layer(NetworkBuilder b, string x, string conv, string norm, KernelSize size, int stride, int groups) =>
        Activated(
            b,
            b.ConvNorm(
                x,
                b.Layer(conv, size).Padded(size.Side / 2) with
                {
                    Stride = stride,
                    Groups = groups,
                },
                BatchNorm.Read(b.Weights, norm, size.Out)
            ),
            BodyLeak
        );
}
