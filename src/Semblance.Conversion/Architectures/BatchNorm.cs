namespace Semblance.Conversion.Architectures;

/// <summary>A batch normalisation with fixed statistics: y = scale x + shift for every channel (Ioffe and Szegedy 2015, algorithm
/// 2).</summary>
internal sealed class BatchNorm
{
    /// <summary>PyTorch's default, which all networks here keep.</summary>
    public const float Epsilon = 1e-5f;

    /// <summary>How far a map may be moved, in units of what is typical for the channel: each factor of two costs one of a float's 24
    /// bits.</summary>
    private const double LargestOffset = 16;

    private BatchNorm(float[] weight, float[] bias, float[] mean, float[] variance)
    {
        (Weight, Bias, Mean, Variance) = (weight, bias, mean, variance);
        Scale = [.. weight.Select((w, c) => w / Math.Sqrt((double)variance[c] + Epsilon))];
        Shift = [.. bias.Select((b, c) => b - mean[c] * Scale[c])];
    }

    public float[] Weight { get; }

    public float[] Bias { get; }

    public float[] Mean { get; }

    public float[] Variance { get; }

    /// <summary>Factor of every channel.</summary>
    public double[] Scale { get; }

    /// <summary>What is added to every channel.</summary>
    public double[] Shift { get; }

    /// <summary>
    /// Shift / scale: the normalisation of x is scale (x + offset). Null where a channel has a factor so small that x + offset would keep
    /// too few of x's digits.
    /// </summary>
    public double[]? Offset()
    {
        double[] offset = new double[Scale.Length];
        for (int c = 0; c < offset.Length; c++)
        {
            if (Shift[c] == 0)
                continue;
            offset[c] = Shift[c] / Scale[c];
            if (!(Math.Abs(offset[c]) <= LargestOffset * (Math.Abs(Mean[c]) + Math.Sqrt((double)Variance[c] + Epsilon))))
                return null;
        }
        return offset;
    }

    /// <summary>Reads one.</summary>
    public static BatchNorm Read(StateReader weights, string key, int channels) =>
        new(
            weights.Vector(key + ".weight", channels),
            weights.Vector(key + ".bias", channels),
            weights.Vector(key + ".running_mean", channels),
            weights.Vector(key + ".running_var", channels)
        );

    /// <summary>Reads one that only normalises: PyTorch's <c>affine=False</c>.</summary>
    public static BatchNorm ReadPlain(StateReader weights, string key, int channels)
    {
        float[] ones = new float[channels];
        Array.Fill(ones, 1);
        return new(
            ones,
            new float[channels],
            weights.Vector(key + ".running_mean", channels),
            weights.Vector(key + ".running_var", channels)
        );
    }
}
