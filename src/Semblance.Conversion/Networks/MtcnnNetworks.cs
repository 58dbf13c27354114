using Semblance.Conversion.FaceApi;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Networks;

/// <summary>
/// The three networks of MTCNN (Zhang et al., IEEE SPL 2016) in facenet-pytorch's shape: convolutions without padding, PReLU, pooling whose last
/// window may hang over the edge. Face probabilities are one number: the softmax of two logits is the sigmoid of their difference.
/// </summary>
public sealed class MtcnnNetworks(FaceApiWeights weights, PReluForm prelu)
{
    private const string Producer = "semblance";

    private static readonly long[] PoolStrides = [2, 2];

    private static readonly Lane[] Rgb = [new(0), new(1), new(2)];

    private delegate LaneMap PooledLayer(OnnxGraphBuilder b, string x, ConvKernel kernel, float[] slopes, Func<string, string> pool);

    /// <summary>P-Net: <c>input</c> [N, 3, H, W] to <c>probability</c> [N, 1, h, w] and <c>regression</c> [N, 4, h, w].</summary>
    public OnnxModel Proposal()
    {
        OnnxGraphBuilder b = new("pnet");
        string x = b.Input("input", "N", 3, "H", "W");
        LaneMap map = Pooled(b, new(x, Rgb), "pnet/conv1", "pnet/prelu1_alpha", 2, PooledPRelu.WithTwins);
        x = Convolved(b, map, "pnet/conv2", "pnet/prelu2_alpha");
        x = Convolved(b, x, "pnet/conv3", "pnet/prelu3_alpha");
        ConvKernel logits = FaceApiLayout.Convolution(weights, "pnet/conv4_1"), boxes = FaceApiLayout.Convolution(weights, "pnet/conv4_2");
        (float[] difference, float[] bias) = Difference(logits.Weights, logits.Bias!);
        if (prelu == PReluForm.Operator)
        {
            b.Output(b.Add("Sigmoid", [b.Conv(x, logits with { Out = 1, Weights = difference, Bias = bias })]), "probability", "N", 1, "h", "w");
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
        OnnxGraphBuilder b = new("rnet");
        LaneMap map = new(b.Input("input", "N", 3, 24, 24), Rgb);
        map = Pooled(b, map, "rnet/conv1", "rnet/prelu1_alpha", 3, PooledPRelu.InBlocks);
        map = Pooled(b, map, "rnet/conv2", "rnet/prelu2_alpha", 3, PooledPRelu.InBlocks);
        string x = Convolved(b, map, "rnet/conv3", "rnet/prelu3_alpha");
        x = Gemm(b, b.Add("Flatten", [x]), FaceApiLayout.Dense(weights, "rnet/fc1", side: 3, channels: 64));
        x = PReluExpression.OfVectors(b, x, weights["rnet/prelu4_alpha"].Values, prelu);
        Heads(b, x, 128, "rnet/fc2_1", ("rnet/fc2_2", "regression", 4));
        return b.Build(Producer);
    }

    /// <summary>O-Net: <c>input</c> [N, 3, 48, 48] to <c>probability</c> [N, 1], <c>regression</c> [N, 4] and <c>landmarks</c> [N, 10]: five x, then five y.</summary>
    public OnnxModel Output()
    {
        OnnxGraphBuilder b = new("onet");
        LaneMap map = new(b.Input("input", "N", 3, 48, 48), Rgb);
        map = Pooled(b, map, "onet/conv1", "onet/prelu1_alpha", 3, PooledPRelu.InBlocks);
        map = Pooled(b, map, "onet/conv2", "onet/prelu2_alpha", 3, PooledPRelu.InBlocks);
        map = Pooled(b, map, "onet/conv3", "onet/prelu3_alpha", 2, PooledPRelu.InBlocks);
        string x = Convolved(b, map, "onet/conv4", "onet/prelu4_alpha");
        x = Gemm(b, b.Add("Flatten", [x]), FaceApiLayout.Dense(weights, "onet/fc1", side: 3, channels: 128));
        x = PReluExpression.OfVectors(b, x, weights["onet/prelu5_alpha"].Values, prelu);
        Heads(b, x, 256, "onet/fc2_1", ("onet/fc2_2", "regression", 4), ("onet/fc2_3", "landmarks", 10));
        return b.Build(Producer);
    }

    private LaneMap Pooled(OnnxGraphBuilder b, LaneMap map, string kernel, string slopes, long side, PooledLayer fast)
    {
        ConvKernel conv = FaceApiLayout.Convolution(weights, kernel).Reading(map.Lanes);
        float[] values = weights[slopes].Values;
        if (prelu != PReluForm.Operator) return fast(b, map.Value, conv, values, x => Pool(b, x, side));
        return new(Pool(b, PReluExpression.OfMap(b, b.Conv(map.Value, conv), values, prelu), side), [.. values.Select((_, channel) => new Lane(channel))]);
    }

    private string Convolved(OnnxGraphBuilder b, LaneMap map, string kernel, string slopes) => PReluExpression.OfMap(
        b, b.Conv(map.Value, FaceApiLayout.Convolution(weights, kernel).Reading(map.Lanes)), weights[slopes].Values, prelu);

    private string Convolved(OnnxGraphBuilder b, string x, string kernel, string slopes) =>
        PReluExpression.OfMap(b, b.Conv(x, FaceApiLayout.Convolution(weights, kernel)), weights[slopes].Values, prelu);

    private void Heads(OnnxGraphBuilder b, string x, int channels, string logits, params ReadOnlySpan<(string Name, string Output, int Size)> others)
    {
        (float[] matrix, float[] bias) = FaceApiLayout.Dense(weights, logits, side: 1, channels);
        b.Output(b.Add("Sigmoid", [Gemm(b, x, Difference(matrix, bias))]), "probability", "N", 1);
        foreach ((string name, string output, int size) in others)
            b.Output(Gemm(b, x, FaceApiLayout.Dense(weights, name, side: 1, channels)), output, "N", size);
    }

    private static string Pool(OnnxGraphBuilder b, string x, long side) => b.Add(
        "MaxPool", [x], new OnnxAttribute("kernel_shape", new[] { side, side }), new("strides", PoolStrides), new("ceil_mode", 1L));

    private static string Channels(OnnxGraphBuilder b, string x, long from, long to) => b.Add("Slice", [x, b.Longs(from), b.Longs(to), b.Longs(1)]);

    private static string Gemm(OnnxGraphBuilder b, string x, (float[] Matrix, float[] Bias) dense) => b.Add(
        "Gemm",
        [x, b.Constant(dense.Matrix, dense.Bias.Length, dense.Matrix.Length / dense.Bias.Length), b.Constant(dense.Bias, dense.Bias.Length)],
        new OnnxAttribute("transB", 1L));

    /// <summary>Row 1 minus row 0: the face logit over the background logit.</summary>
    private static (float[] Matrix, float[] Bias) Difference(float[] rows, float[] bias)
    {
        int width = rows.Length / 2;
        return ([.. Enumerable.Range(0, width).Select(i => rows[width + i] - rows[i])], [bias[1] - bias[0]]);
    }
}
