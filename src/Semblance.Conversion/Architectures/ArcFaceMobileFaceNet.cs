using Semblance.Conversion.Networks;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Architectures;

/// <summary>
/// MobileFaceNet (Chen et al., CCBR 2018) as arcface_torch's <c>get_mbf</c> widens it: <c>input</c> [N, 3, 112, 112] to <c>embedding</c>
/// [N, 512], not yet a unit vector.
/// </summary>
internal sealed class ArcFaceMobileFaceNet : Architecture
{
    private const int Dimension = 512,
        LastSide = 7;

    /// <summary>Creates the architecture.</summary>
    public ArcFaceMobileFaceNet()
        : base(
            "arcface-mobilefacenet",
            new(NetworkKind.Embedder, "arcface-mobilefacenet"),
            NetworkInput.AlignedCrop(ChannelOrder.Rgb),
            new NetworkOutput("embedding", "embedding", ["N", $"{Dimension}"])
        ) { }

    private protected override OnnxModel Graph(StateReader weights, GraphForm form)
    {
        // PReLU is written as its operator first, because the rewrite looks at what follows it.
        NetworkBuilder b = new(Id, weights, form);
        OnnxGraphBuilder graph = b.Graph;
        string x = graph.Input(NetworkInput.Name, "N", 3, Input.Height, Input.Width);
        x = ConvBlock(b, x, "layers.0", new(128, 3, 3), stride: 2, groups: 1);
        x = ConvBlock(b, x, "layers.1", new(128, 2, 3), stride: 1, groups: 64);
        x = Bottleneck(b, x, "layers.2", 128, 128, groups: 128, stride: 2);
        x = Residual(b, x, "layers.3", 128, groups: 128, count: 4);
        x = Bottleneck(b, x, "layers.4", 128, 256, groups: 256, stride: 2);
        x = Residual(b, x, "layers.5", 256, groups: 256, count: 6);
        x = Bottleneck(b, x, "layers.6", 256, 256, groups: 512, stride: 2);
        x = Residual(b, x, "layers.7", 256, groups: 256, count: 2);
        x = ConvBlock(b, x, "conv_sep", new(512, 256, 1), stride: 1, groups: 1);
        x = Linear(b, x, "features.layers.0", new ConvShape(new(512, 1, LastSide), 1, 512, 0));
        x = Embedding(b, graph.Add("Flatten", [x]));
        graph.Output(x, Outputs[0].Name, "N", Dimension);
        OnnxModel model = graph.Build(Producer);
        return b.IsFast ? PReluRewrite.Apply(model) : model;
    }

    private static string Residual(NetworkBuilder b, string x, string key, int channels, int groups, int count)
    {
        for (int i = 0; i < count; i++)
            x = b.Graph.Add("Add", [Bottleneck(b, x, $"{key}.layers.{i}", channels, channels, groups, stride: 1), x]);
        return x;
    }

    private static string Bottleneck(NetworkBuilder b, string x, string key, int channels, int outputs, int groups, int stride)
    {
        x = ConvBlock(b, x, key + ".layers.0", new(groups, channels, 1), stride: 1, groups: 1);
        x = ConvBlock(b, x, key + ".layers.1", new(groups, 1, 3), stride, groups);
        return Linear(b, x, key + ".layers.2", new(new(outputs, groups, 1), 1, 1, 0));
    }

    private static string ConvBlock(NetworkBuilder b, string x, string key, KernelSize size, int stride, int groups)
    {
        x = Linear(b, x, key, new(size, stride, groups, size.Side / 2));
        return b.Graph.Add("PRelu", [x, b.Graph.Constant(b.Weights.Vector(key + ".layers.2.weight", size.Out), size.Out, 1, 1)]);
    }

    private static string Linear(NetworkBuilder b, string x, string key, ConvShape shape) =>
        b.ConvNorm(
            x,
            b.Layer(key + ".layers.0", shape.Size).Padded(shape.Pad) with
            {
                Stride = shape.Stride,
                Groups = shape.Groups,
            },
            BatchNorm.Read(b.Weights, key + ".layers.1", shape.Size.Out)
        );

    private static string Embedding(NetworkBuilder b, string x)
    {
        float[] matrix = b.Weights.Deferred("features.layers.2.weight", Dimension, Dimension)();
        BatchNorm norm = BatchNorm.Read(b.Weights, "features.layers.3", Dimension);
        OnnxAttribute transposed = new("transB", 1L);
        if (!b.IsFast)
            return b.Norm(b.Graph.Add("Gemm", [x, b.Graph.Constant(matrix, Dimension, Dimension)], transposed), norm);
        for (int i = 0; i < matrix.Length; i++)
            matrix[i] = (float)(matrix[i] * norm.Scale[i / Dimension]);
        return b.Graph.Add(
            "Gemm",
            [x, b.Graph.Constant(matrix, Dimension, Dimension), b.Vector(NetworkBuilder.Floats(norm.Shift))],
            transposed
        );
    }

    private readonly record struct ConvShape(KernelSize Size, int Stride, int Groups, int Pad);
}
