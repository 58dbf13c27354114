using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Architectures;

/// <summary>RetinaFace with torchvision's ResNet-50 (He et al., CVPR 2016; the stride in the 3x3 convolution) as its body.</summary>
internal sealed class RetinaFaceResNet : RetinaFace
{
    /// <summary>A block gives four times the channels that it works with.</summary>
    private const int Expansion = 4;

    private static readonly int[] Depths = [3, 4, 6, 3];

    /// <summary>Creates the architecture.</summary>
    public RetinaFaceResNet()
        : base("retinaface-resnet50", channels: 256) { }

    private protected override IReadOnlyList<(string Map, int Channels)> Body(NetworkBuilder b, string x)
    {
        x = b.ConvNorm(x, b.Layer("body.conv1", new(64, 3, 7)).Padded(3) with { Stride = 2 }, BatchNorm.Read(b.Weights, "body.bn1", 64));
        x = b.Graph.Add(
            "MaxPool",
            [Activated(b, x, 0)],
            new OnnxAttribute("kernel_shape", new long[] { 3, 3 }),
            new("strides", new long[] { 2, 2 }),
            new("pads", new long[] { 1, 1, 1, 1 })
        );
        List<(string, int)> maps = [];
        int channels = 64;
        for (int stage = 0; stage < Depths.Length; stage++)
        {
            int width = 64 << stage;
            for (int i = 0; i < Depths[stage]; i++)
            {
                x = Block(b, x, $"body.layer{stage + 1}.{i}.", channels, width, stage > 0 && i == 0 ? 2 : 1);
                channels = width * Expansion;
            }
            if (stage > 0)
                maps.Add((x, channels));
        }
        return maps;
    }

    private static string Block(NetworkBuilder b, string x, string key, int channels, int width, int stride)
    {
        string y = Activated(
            b,
            b.ConvNorm(x, b.Layer(key + "conv1", new(width, channels, 1)), BatchNorm.Read(b.Weights, key + "bn1", width)),
            0
        );
        ConvLayer conv2 = b.Layer(key + "conv2", new(width, width, 3)).Padded(1) with { Stride = stride };
        y = Activated(b, b.ConvNorm(y, conv2, BatchNorm.Read(b.Weights, key + "bn2", width)), 0);
        int outputs = width * Expansion;
        y = b.ConvNorm(y, b.Layer(key + "conv3", new(outputs, width, 1)), BatchNorm.Read(b.Weights, key + "bn3", outputs));
        if (channels != outputs)
        {
            ConvLayer shortcut = b.Layer(key + "downsample.0", new(outputs, channels, 1)) with { Stride = stride };
            x = b.ConvNorm(x, shortcut, BatchNorm.Read(b.Weights, key + "downsample.1", outputs));
        }
        return Activated(b, b.Graph.Add("Add", [y, x]), 0);
    }
}
