using Semblance.Conversion.Networks;

namespace Semblance.Conversion.Architectures;

/// <summary>A convolution whose weights stay where they are until the graph is written, and what was folded into it.</summary>
/// <param name="Size">Its kernel; channels in are those of one group.</param>
/// <param name="Weights">Gives [out, in, side, side].</param>
internal sealed record ConvLayer(KernelSize Size, Func<float[]> Weights)
{
    /// <summary>Pixels from one position to the next.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Zeros around the input: top, left, bottom, right.</summary>
    public IReadOnlyList<long> Pads { get; init; } = [0, 0, 0, 0];

    /// <summary>Groups of channels that don't see one another.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>What is added to every channel, or null.</summary>
    public double[]? Bias { get; init; }

    private double[]? OutScale { get; init; }

    private double[]? InScale { get; init; }

    /// <summary>The same zeros on all four sides.</summary>
    public ConvLayer Padded(int pad) => this with { Pads = [pad, pad, pad, pad] };

    /// <summary>The convolution with a normalisation behind it.</summary>
    public ConvLayer Then(BatchNorm norm)
    {
        double[] bias = [.. norm.Shift.Select((shift, o) => shift + (Bias is null ? 0 : Bias[o] * norm.Scale[o]))];
        return this with { OutScale = norm.Scale, Bias = bias };
    }

    /// <summary>The convolution of an input whose channels are multiplied first. Only without groups.</summary>
    public ConvLayer After(double[] scale) => this with { InScale = scale };

    /// <summary>The convolution with more added to every channel.</summary>
    public ConvLayer Plus(IEnumerable<double> added) =>
        this with
        {
            Bias = [.. added.Select((value, o) => value + (Bias is null ? 0 : Bias[o]))],
        };

    /// <summary>
    /// The convolution, without padding, of an input to whose channels something was added, giving what it gave before: it takes away what
    /// that adds.
    /// </summary>
    public ConvLayer Undoing(double[] offset)
    {
        float[] weights = FoldedWeights();
        int each = weights.Length / Size.Out,
            plane = Size.Side * Size.Side;
        return Plus(
            Enumerable.Range(0, Size.Out).Select(o => -Enumerable.Range(0, each).Sum(i => weights[o * each + i] * offset[i / plane]))
        );
    }

    /// <summary>The weights with what was folded into them.</summary>
    public float[] FoldedWeights()
    {
        float[] weights = Weights();
        if (OutScale is null && InScale is null)
            return weights;
        int plane = Size.Side * Size.Side,
            each = Size.In * plane;
        for (int o = 0; o < Size.Out; o++)
        {
            double outScale = OutScale?[o] ?? 1;
            Span<float> row = weights.AsSpan(o * each, each);
            for (int i = 0; i < row.Length; i++)
                row[i] = (float)(row[i] * outScale * (InScale?[i / plane] ?? 1));
        }
        return weights;
    }
}
