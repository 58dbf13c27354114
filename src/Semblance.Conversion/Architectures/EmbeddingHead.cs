using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Architectures;

/// <summary>
/// The end of a residual recognition network: normalisation of the last map, a dense layer, normalisation of the vector ("BN-Dropout-FC-BN"
/// of Deng et al., CVPR 2019, section 3.1; dropout does nothing outside training). All in one dense layer.
/// </summary>
/// <param name="builder">What layers are written with.</param>
/// <param name="channels">Channels of the map.</param>
/// <param name="side">Its rows and columns.</param>
/// <param name="size">Length of the vector.</param>
internal sealed class EmbeddingHead(NetworkBuilder builder, int channels, int side, int size)
{
    /// <summary>Writes it.</summary>
    /// <param name="x">[N, channels, side, side].</param>
    /// <param name="before">Normalisation of the map.</param>
    /// <param name="dense">Name of the dense layer.</param>
    /// <param name="after">Normalisation of the vector.</param>
    /// <returns>[N, size].</returns>
    public string Write(string x, BatchNorm before, string dense, BatchNorm after)
    {
        int plane = side * side,
            inputs = channels * plane;
        Func<float[]> weights = builder.Weights.Deferred(dense + ".weight", size, inputs);
        float[] bias = builder.Weights.Vector(dense + ".bias", size);
        OnnxGraphBuilder graph = builder.Graph;
        if (!builder.IsFast)
            return builder.Norm(
                Gemm(graph.Add("Flatten", [builder.Norm(x, before)]), graph.Deferred(weights, size, inputs), builder.Vector(bias)),
                after
            );
        return Gemm(graph.Add("Flatten", [x]), graph.Deferred(Weights, size, inputs), graph.Deferred(Bias, size));

        string Gemm(string vector, string matrix, string addend) =>
            graph.Add("Gemm", [vector, matrix, addend], new OnnxAttribute("transB", 1L));

        float[] Weights()
        {
            float[] folded = weights();
            for (int i = 0; i < folded.Length; i++)
                folded[i] = (float)(folded[i] * before.Scale[i % inputs / plane] * after.Scale[i / inputs]);
            return folded;
        }

        float[] Bias()
        {
            float[] matrix = weights();
            return
            [
                .. Enumerable
                    .Range(0, size)
                    .Select(o =>
                    {
                        double sum = bias[o];
                        for (int i = 0; i < inputs; i++)
                            sum += matrix[o * inputs + i] * before.Shift[i / plane];
                        return (float)(sum * after.Scale[o] + after.Shift[o]);
                    }),
            ];
        }
    }
}
