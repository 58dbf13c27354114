namespace Semblance.Training.Identity;

/// <summary>How pictures are resized; the names and weights are OpenCV's.</summary>
internal enum Resampling
{
    /// <summary>The pixel that stands there.</summary>
    Nearest,

    /// <summary>Two neighbours each way, also when making smaller.</summary>
    Linear,

    /// <summary>The mean of what a pixel covers; enlarging as linear.</summary>
    Area,

    /// <summary>Four neighbours, a = -0.75.</summary>
    Cubic,

    /// <summary>Eight neighbours.</summary>
    Lanczos,
}

/// <summary>For every position of a resized or filtered row: where it takes its values from and with what weights. Rows and columns are
/// alike.</summary>
internal sealed class ResampleTaps
{
    private const double CubicA = -0.75;

    private readonly int[][] _from;
    private readonly float[][] _weights;

    private ResampleTaps(int[][] from, float[][] weights) => (_from, _weights) = (from, weights);

    /// <summary>Taps of a resize.</summary>
    /// <param name="resampling">The kind.</param>
    /// <param name="size">Pixels before.</param>
    /// <param name="result">Pixels after.</param>
    public static ResampleTaps For(Resampling resampling, int size, int result)
    {
        double scale = (double)size / result;
        int[][] from = new int[result][];
        float[][] weights = new float[result][];
        for (int i = 0; i < result; i++)
        {
            double position = (i + 0.5) * scale - 0.5;
            int left = (int)Math.Floor(position);
            double fraction = position - left;
            (int first, double[] taps) = resampling switch
            {
                Resampling.Nearest => ((int)Math.Floor(i * scale), [1.0]),
                Resampling.Area when scale > 1 => Cover(i * scale, (i + 1) * scale),
                Resampling.Cubic => (left - 1, [.. Enumerable.Range(-1, 4).Select(k => Cubic(k - fraction))]),
                Resampling.Lanczos => (left - 3, [.. Enumerable.Range(-3, 8).Select(k => Lanczos(k - fraction))]),
                _ => (left, new[] { 1 - fraction, fraction }),
            };
            double sum = taps.Sum();
            from[i] = [.. Enumerable.Range(first, taps.Length).Select(at => Math.Clamp(at, 0, size - 1))];
            weights[i] = [.. taps.Select(weight => (float)(weight / sum))];
        }
        return new(from, weights);
    }

    /// <summary>Taps of a filter of odd length; beyond the border the picture is mirrored.</summary>
    public static ResampleTaps Filter(float[] kernel, int size)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        int radius = kernel.Length / 2,
            period = 2 * (size - 1);
        int[][] from =
        [
            .. Enumerable
                .Range(0, size)
                .Select(i =>
                    Enumerable
                        .Range(i - radius, kernel.Length)
                        .Select(at =>
                        {
                            int inside = ((at % period) + period) % period;
                            return inside < size ? inside : period - inside;
                        })
                        .ToArray()
                ),
        ];
        return new(from, [.. Enumerable.Repeat(kernel, size)]);
    }

    /// <summary>Applies the taps to columns and then to rows.</summary>
    /// <param name="source">Square.</param>
    /// <param name="side">Its side.</param>
    /// <param name="destination">Square.</param>
    /// <param name="result">Its side.</param>
    public void Apply(ReadOnlySpan<float> source, int side, Span<float> destination, int result)
    {
        float[] narrow = new float[side * result];
        for (int y = 0; y < side; y++)
        for (int x = 0; x < result; x++)
        {
            float sum = 0;
            for (int k = 0; k < _from[x].Length; k++)
                sum += _weights[x][k] * source[y * side + _from[x][k]];
            narrow[y * result + x] = sum;
        }
        Span<float> row = stackalloc float[result];
        for (int y = 0; y < result; y++)
        {
            row.Clear();
            for (int k = 0; k < _from[y].Length; k++)
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(narrow.AsSpan(_from[y][k] * result, result), _weights[y][k], row, row);
            row.CopyTo(destination[(y * result)..]);
        }
    }

    private static (int First, double[] Weights) Cover(double start, double end)
    {
        // Sums of products of doubles miss whole numbers by a little; such slivers are no pixels.
        const double Sliver = 1e-9;
        int first = (int)Math.Floor(start + Sliver),
            last = (int)Math.Ceiling(end - Sliver) - 1;
        return (first, [.. Enumerable.Range(first, last - first + 1).Select(i => Math.Min(end, i + 1) - Math.Max(start, i))]);
    }

    private static double Cubic(double distance)
    {
        double x = Math.Abs(distance);
        return x < 1 ? ((CubicA + 2) * x - (CubicA + 3)) * x * x + 1
            : x < 2 ? ((CubicA * x - 5 * CubicA) * x + 8 * CubicA) * x - 4 * CubicA
            : 0;
    }

    private static double Lanczos(double distance)
    {
        const double Lobes = 4;
        double x = Math.PI * distance;
        return Math.Abs(x) < 1e-9 ? 1
            : Math.Abs(distance) >= Lobes ? 0
            : Math.Sin(x) / x * Math.Sin(x / Lobes) / (x / Lobes);
    }
}
