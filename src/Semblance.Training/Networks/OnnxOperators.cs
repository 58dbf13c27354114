using Semblance.Conversion.Onnx;
using static TorchSharp.torch;

namespace Semblance.Training.Networks;

/// <summary>The operators of ONNX that <see cref="OnnxNetwork"/> trains, as libtorch computes them.</summary>
internal static class OnnxOperators
{
    /// <summary>Names of the operators.</summary>
    public static IReadOnlyList<string> Known { get; } = ["Conv", "PRelu", "Relu", "Add", "Mul", "Gemm", "Flatten", "Reshape", "Identity"];

    /// <summary>Computes one node.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="find">Gives the tensor of a name; null where a name is left out or is no tensor of floats.</param>
    public static Tensor Compute(OnnxNode node, Func<string, Tensor?> find)
    {
        Tensor x = Required(0);
        return node.Operator switch
        {
            "Conv" => Convolve(node, x, Required(1), Optional(2)),
            "PRelu" => nn.functional.prelu(x, Required(1).flatten()),
            "Relu" => nn.functional.relu(x),
            "Add" => x + Required(1),
            "Mul" => x * Required(1),
            "Gemm" => Gemm(node, x, Required(1), Optional(2)),
            "Flatten" or "Reshape" => x.flatten(1),
            "Identity" => x,
            _ => throw new TrainingException($"operator {node.Operator} cannot be trained"),
        };

        Tensor? Optional(int index) => index < node.Inputs.Count && node.Inputs[index].Length > 0 ? find(node.Inputs[index]) : null;
        Tensor Required(int index) =>
            Optional(index) ?? throw new TrainingException($"{node.Operator} '{node.Outputs[0]}' lacks its input {index}");
    }

    private static Tensor Convolve(OnnxNode node, Tensor x, Tensor weight, Tensor? bias)
    {
        long[] pads = Longs(node, "pads", [0, 0, 0, 0]);
        if (pads[0] != pads[2] || pads[1] != pads[3])
            throw new TrainingException($"convolution '{node.Outputs[0]}' pads unevenly, which cannot be trained");
        return nn.functional.conv2d(
            x,
            weight,
            bias!,
            Longs(node, "strides", [1, 1]),
            [pads[0], pads[1]],
            Longs(node, "dilations", [1, 1]),
            node.Find("group")?.Value is long groups ? groups : 1
        );
    }

    private static Tensor Gemm(OnnxNode node, Tensor x, Tensor weight, Tensor? bias)
    {
        if (
            node.Find("transA")?.Value is 1L
            || node.Find("alpha")?.Value is not (null or 1f)
            || node.Find("beta")?.Value is not (null or 1f)
        )
            throw new TrainingException($"the matrix product '{node.Outputs[0]}' is scaled or transposed in a way that cannot be trained");
        Tensor product = x.matmul(node.Find("transB")?.Value is 1L ? weight.t() : weight);
        return bias is null ? product : product + bias;
    }

    private static long[] Longs(OnnxNode node, string name, long[] otherwise) =>
        node.Find(name)?.Value is IReadOnlyList<long> values ? [.. values] : otherwise;
}
