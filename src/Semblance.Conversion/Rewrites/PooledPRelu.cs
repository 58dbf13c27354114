using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>
/// A convolution, PReLU and max-pooling, with PReLU moved behind the pooling, where there are four times fewer numbers. For a slope of at
/// least 0 the two commute, because PReLU is monotonic. Exact algebra for every slope.
/// </summary>
internal static class PooledPRelu
{
    /// <summary>Channels that ONNX Runtime computes together where vectors have 512 bits; a multiple of what it takes elsewhere.</summary>
    private const int Block = 16;

    /// <summary>
    /// Pools whole blocks of channels with slopes of at least 0 before PReLU, all others behind it. Empty places fill up the last block,
    /// because ONNX Runtime leaves its blocked layout when it has to pool part of one.
    /// </summary>
    /// <param name="builder">The graph.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="kernel">The convolution, with a bias.</param>
    /// <param name="slopes">One for every channel that the convolution gives.</param>
    /// <param name="pool">Writes the pooling.</param>
    public static LaneMap InBlocks(OnnxGraphBuilder builder, string x, ConvKernel kernel, float[] slopes, Func<string, string> pool)
    {
        int[] monotonic = [.. Enumerable.Range(0, kernel.Out).Where(c => slopes[c] >= 0)];
        int[] first = monotonic[..(monotonic.Length / Block * Block)];
        int[] others = [.. Enumerable.Range(0, kernel.Out).Except(first)];
        int[] last = [.. others, .. Enumerable.Repeat(Lane.Empty, (Block - others.Length % Block) % Block)];
        List<string> maps = [];
        if (first.Length > 0)
            maps.Add(Activate(pool(builder.Conv(x, kernel.Giving(first))), first));
        if (last.Length > 0)
            maps.Add(pool(Activate(builder.Conv(x, kernel.Giving(last)), last)));
        string joined = maps.Count == 1 ? maps[0] : builder.Add("Concat", maps, new OnnxAttribute("axis", 1L));
        return new(joined, [.. first.Concat(last).Select(c => new Lane(c))]);

        string Activate(string map, int[] channels) =>
            PReluExpression.OfMap(builder, map, [.. channels.Select(c => c == Lane.Empty ? 1 : slopes[c])], PReluForm.Convolutions);
    }

    /// <summary>
    /// Pools every channel before PReLU. For a negative slope PReLU(x) = max(x, slope x), so its maximum over a window is max(max x, max
    /// slope x): the convolution gives slope x as a further channel, a twin, which is pooled as well. Pays where the twins fill up a block
    /// that would be computed anyway.
    /// </summary>
    /// <inheritdoc cref="InBlocks"/>
    public static LaneMap WithTwins(OnnxGraphBuilder builder, string x, ConvKernel kernel, float[] slopes, Func<string, string> pool)
    {
        int channels = kernel.Out,
            each = kernel.Weights.Length / channels;
        int[] negative = [.. Enumerable.Range(0, channels).Where(c => slopes[c] < 0)];
        ConvKernel widened = kernel.Giving([.. Enumerable.Range(0, channels), .. negative]);
        for (int twin = 0; twin < negative.Length; twin++)
        {
            float slope = slopes[negative[twin]];
            foreach (ref float weight in widened.Weights.AsSpan((channels + twin) * each, each))
                weight *= slope;
            widened.Bias![channels + twin] *= slope;
        }
        string pooled = pool(builder.Conv(x, widened));

        // With p = max x and q = max slope x: max(p, q) = p + relu(q - p), and PReLU(p) = p + relu((slope - 1) p) for slopes of at most 1;
        // above 1 the sum is -PReLU(p) = -p + relu((1 - slope) p), and the sign is left to whoever takes the map.
        int wide = widened.Out;
        float[] inside = new float[channels * wide],
            outside = new float[channels * wide];
        Lane[] lanes = [.. slopes.Select((slope, c) => new Lane(c, slope > 1 ? -1 : 1))];
        for (int c = 0; c < channels; c++)
        {
            int twin = Array.IndexOf(negative, c);
            outside[c * wide + c] = lanes[c].Sign;
            inside[c * wide + c] = twin >= 0 ? -1 : -Math.Abs(1 - slopes[c]);
            if (twin >= 0)
                inside[c * wide + channels + twin] = 1;
        }
        string rest = builder.Add("Relu", [builder.Conv(pooled, new(channels, wide, 1, 1, inside, null))]);
        return new(builder.Add("Add", [builder.Conv(pooled, new(channels, wide, 1, 1, outside, null)), rest]), lanes);
    }
}
