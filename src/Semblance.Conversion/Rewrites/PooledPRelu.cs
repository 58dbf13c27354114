using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>
/// A convolution, PReLU and max-pooling, with PReLU moved behind the pooling, where there are four times fewer numbers. For a slope of at least 0
/// the two commute, because PReLU is monotonic. For a negative one PReLU(x) = max(x, slope x), so its maximum over a window is
/// max(max x, max slope x): the convolution gives slope x as a further channel, which is pooled as well. Exact for every slope; pays where
/// the further channels fill up a block that would be computed anyway.
/// </summary>
internal static class PooledPRelu
{
    /// <summary>Writes the three operations.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="kernel">The convolution, with a bias.</param>
    /// <param name="slopes">One for every channel that the convolution gives.</param>
    /// <param name="pool">Writes the pooling.</param>
    public static string Write(OnnxGraphBuilder builder, string x, ConvKernel kernel, float[] slopes, Func<string, string> pool)
    {
        int channels = kernel.Out, weightsPerChannel = kernel.Weights.Length / channels;
        int[] negative = [.. Enumerable.Range(0, channels).Where(c => slopes[c] < 0)];
        ConvKernel widened = kernel with
        {
            Out = channels + negative.Length,
            Weights = [.. kernel.Weights, .. negative.SelectMany(c => kernel.Weights.Skip(c * weightsPerChannel).Take(weightsPerChannel).Select(v => v * slopes[c]))],
            Bias = [.. kernel.Bias!, .. negative.Select(c => kernel.Bias![c] * slopes[c])],
        };
        string pooled = pool(builder.Conv(x, widened));

        // With p = max x and q = max slope x: max(p, q) = p + relu(q - p), and PReLU(p) = p + (1 - slope) relu(-p).
        int wide = widened.Out;
        float[] difference = new float[channels * wide], gain = new float[channels], first = new float[channels * wide];
        for (int c = 0; c < channels; c++)
        {
            first[c * wide + c] = 1;
            difference[c * wide + c] = -1;
            gain[c] = 1 - slopes[c];
            int twin = Array.IndexOf(negative, c);
            if (twin < 0) continue;
            difference[c * wide + channels + twin] = 1;
            gain[c] = 1;
        }
        string rest = builder.Add("Relu", [builder.Conv(pooled, new(channels, wide, 1, 1, difference, null))]);
        string raised = builder.Conv(rest, PReluExpression.Diagonal(gain));
        return builder.Add("Add", [builder.Conv(pooled, new(channels, wide, 1, 1, first, null)), raised]);
    }
}
