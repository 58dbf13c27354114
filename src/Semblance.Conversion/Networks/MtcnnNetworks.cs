using Semblance.Conversion.FaceApi;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Networks;

/// <summary>
/// The three networks of MTCNN (Zhang et al., IEEE SPL 2016) in facenet-pytorch's shape: convolutions without padding, PReLU, pooling whose
/// last window may hang over the edge. Face probabilities are one number: the softmax of two logits is the sigmoid of their difference.
/// </summary>
internal sealed class MtcnnNetworks
{
    private const string Producer = "semblance";

    private static readonly long[] PoolStrides = [2, 2];

    private static readonly Lane[] Rgb = [new(0), new(1), new(2)];

    private readonly Func<string, IMtcnnLayers> _layers;
    private readonly PReluForm _prelu;

    /// <summary>Networks of face-api's weights.</summary>
    public MtcnnNetworks(FaceApiWeights weights, PReluForm prelu)
        : this(network => new FaceApiMtcnnLayers(weights, network), prelu) { }

    /// <summary>Networks of any weights.</summary>
    /// <param name="layers">The weights of <c>pnet</c>, <c>rnet</c> or <c>onet</c>.</param>
    /// <param name="prelu">How PReLU is written.</param>
    internal MtcnnNetworks(Func<string, IMtcnnLayers> layers, PReluForm prelu)
    {
        (_layers, _prelu) = (layers, prelu);
    }

    private delegate LaneMap PooledLayer(OnnxGraphBuilder b, string x, ConvKernel kernel, float[] slopes, Func<string, string> pool);

    /// <summary>P-Net: <c>input</c> [N, 3, H, W] to <c>probability</c> [N, 1, h, w] and <c>regression</c> [N, 4, h, w].</summary>
    public OnnxModel Proposal()
    {
        (OnnxGraphBuilder b, IMtcnnLayers layers) = (new("pnet"), _layers("pnet"));
        LaneMap map = new(b.Input("input", "N", 3, "H", "W"), Rgb);
        map = Pooled(b, layers, map, 1, new(10, 3, 3), 2, PooledPRelu.WithTwins);
        map = Convolved(b, layers, map, 2, new(16, 10, 3));
        string x = Convolved(b, layers, map, 3, new(32, 16, 3)).Value;
        ConvKernel logits = layers.Convolution("conv4_1", new(2, 32, 1)),
            boxes = layers.Convolution("conv4_2", new(4, 32, 1));
        (float[] difference, float[] bias) = Difference(logits.Weights, logits.Bias!);
        if (_prelu == PReluForm.Operator)
        {
            b.Output(
                b.Add("Sigmoid", [b.Conv(x, logits with { Out = 1, Weights = difference, Bias = bias })]),
                "probability",
                "N",
                1,
                "h",
                "w"
            );
            b.Output(b.Conv(x, boxes), "regression", "N", 4, "h", "w");
            return b.Build(Producer);
        }
        // One convolution for both: its five channels take the one block that either would take.
        string both = b.Conv(x, boxes with { Out = 5, Weights = [.. difference, .. boxes.Weights], Bias = [.. bias, .. boxes.Bias!] });
        b.Output(b.Add("Sigmoid", [Channels(b, both, 0, 1)]), "probability", "N", 1, "h", "w");
        b.Output(Channels(b, both, 1, 5), "regression", "N", 4, "h", "w");
        return b.Build(Producer);
    }

    /// <summary>R-Net: <c>input</c> [N, 3, 24, 24] to <c>probability</c> [N, 1] and <c>regression</c> [N, 4].</summary>
    public OnnxModel Refinement()
    {
        (OnnxGraphBuilder b, IMtcnnLayers layers) = (new("rnet"), _layers("rnet"));
        LaneMap map = new(b.Input("input", "N", 3, 24, 24), Rgb);
        map = Pooled(b, layers, map, 1, new(28, 3, 3), 3, PooledPRelu.InBlocks);
        map = Pooled(b, layers, map, 2, new(48, 28, 3), 3, PooledPRelu.InBlocks);
        map = Convolved(b, layers, map, 3, new(64, 48, 2));
        string x = Gemm(b, b.Add("Flatten", [map.Value]), layers.Dense("dense4", side: 3, channels: 64, outputs: 128));
        x = PReluExpression.OfVectors(b, x, layers.Slopes("prelu4", 128), _prelu);
        Heads(b, layers, x, 128, "dense5_1", ("dense5_2", "regression", 4));
        return b.Build(Producer);
    }

    /// <summary>O-Net: <c>input</c> [N, 3, 48, 48] to <c>probability</c> [N, 1], <c>regression</c> [N, 4] and <c>landmarks</c> [N, 10]:
    /// five x, then five y.</summary>
    public OnnxModel Output()
    {
        (OnnxGraphBuilder b, IMtcnnLayers layers) = (new("onet"), _layers("onet"));
        LaneMap map = new(b.Input("input", "N", 3, 48, 48), Rgb);
        map = Pooled(b, layers, map, 1, new(32, 3, 3), 3, PooledPRelu.InBlocks);
        map = Pooled(b, layers, map, 2, new(64, 32, 3), 3, PooledPRelu.InBlocks);
        map = Pooled(b, layers, map, 3, new(64, 64, 3), 2, PooledPRelu.InBlocks);
        map = Convolved(b, layers, map, 4, new(128, 64, 2));
        string x = Gemm(b, b.Add("Flatten", [map.Value]), layers.Dense("dense5", side: 3, channels: 128, outputs: 256));
        x = PReluExpression.OfVectors(b, x, layers.Slopes("prelu5", 256), _prelu);
        Heads(b, layers, x, 256, "dense6_1", ("dense6_2", "regression", 4), ("dense6_3", "landmarks", 10));
        return b.Build(Producer);
    }

    private LaneMap Pooled(OnnxGraphBuilder b, IMtcnnLayers layers, LaneMap map, int number, KernelSize size, long side, PooledLayer fast)
    {
        ConvKernel conv = layers.Convolution($"conv{number}", size).Reading(map.Lanes);
        float[] slopes = layers.Slopes($"prelu{number}", size.Out);
        if (_prelu != PReluForm.Operator)
            return fast(b, map.Value, conv, slopes, x => Pool(b, x, side));
        return Plain(Pool(b, PReluExpression.OfMap(b, b.Conv(map.Value, conv), slopes, _prelu), side), size.Out);
    }

    private LaneMap Convolved(OnnxGraphBuilder b, IMtcnnLayers layers, LaneMap map, int number, KernelSize size)
    {
        string x = b.Conv(map.Value, layers.Convolution($"conv{number}", size).Reading(map.Lanes));
        return Plain(PReluExpression.OfMap(b, x, layers.Slopes($"prelu{number}", size.Out), _prelu), size.Out);
    }

    private static LaneMap Plain(string x, int channels) => new(x, [.. Enumerable.Range(0, channels).Select(channel => new Lane(channel))]);

    private static void Heads(
        OnnxGraphBuilder b,
        IMtcnnLayers layers,
        string x,
        int channels,
        string logits,
        params ReadOnlySpan<(string Name, string Output, int Size)> others
    )
    {
        (float[] matrix, float[] bias) = layers.Dense(logits, side: 1, channels, outputs: 2);
        b.Output(b.Add("Sigmoid", [Gemm(b, x, Difference(matrix, bias))]), "probability", "N", 1);
        foreach ((string name, string output, int size) in others)
            b.Output(Gemm(b, x, layers.Dense(name, side: 1, channels, size)), output, "N", size);
    }

    private static string Pool(OnnxGraphBuilder b, string x, long side) =>
        b.Add("MaxPool", [x], new OnnxAttribute("kernel_shape", new[] { side, side }), new("strides", PoolStrides), new("ceil_mode", 1L));

    private static string Channels(OnnxGraphBuilder b, string x, long from, long to) =>
        b.Add("Slice", [x, b.Longs(from), b.Longs(to), b.Longs(1)]);

    private static string Gemm(OnnxGraphBuilder b, string x, (float[] Matrix, float[] Bias) dense) =>
        b.Add(
            "Gemm",
            [
                x,
                b.Constant(dense.Matrix, dense.Bias.Length, dense.Matrix.Length / dense.Bias.Length),
                b.Constant(dense.Bias, dense.Bias.Length),
            ],
            new OnnxAttribute("transB", 1L)
        );

    /// <summary>Row 1 minus row 0: the face logit over the background logit.</summary>
    private static (float[] Matrix, float[] Bias) Difference(float[] rows, float[] bias)
    {
        int width = rows.Length / 2;
        return ([.. Enumerable.Range(0, width).Select(i => rows[width + i] - rows[i])], [bias[1] - bias[0]]);
    }
}
