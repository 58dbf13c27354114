namespace Semblance.Benchmarks.Quantization;

/// <summary>
/// How often a tensor takes which values, and the ends between which 256 steps lose least: what lies beyond them is cut off, and the
/// nearer they are the finer the steps. The ends with the smallest mean squared error are taken.
/// </summary>
internal sealed class ActivationHistogram
{
    private const int Bins = 2048;
    private const int Candidates = 48;

    private readonly long[] _counts = new long[Bins];
    private float _low = float.PositiveInfinity,
        _high = float.NegativeInfinity;

    /// <summary>First pass: how far the values go.</summary>
    public void Widen(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            _low = Math.Min(_low, value);
            _high = Math.Max(_high, value);
        }
    }

    /// <summary>Second pass: how often each is taken.</summary>
    public void Count(ReadOnlySpan<float> values)
    {
        float perUnit = (Bins - 1) / Math.Max(_high - _low, 1e-6f);
        foreach (float value in values)
            _counts[(int)((value - _low) * perUnit)]++;
    }

    /// <summary>The steps that lose least.</summary>
    public ActivationRange Best()
    {
        ActivationRange best = ActivationRange.Between(_low, _high);
        double least = ErrorOf(best);
        for (int i = 1; i < Candidates; i++)
        {
            float share = 1 - i / (float)Candidates;
            foreach ((float low, float high) in new[] { (_low * share, _high * share), (_low, _high * share), (_low * share, _high) })
            {
                ActivationRange range = ActivationRange.Between(low, high);
                double error = ErrorOf(range);
                if (error < least)
                    (best, least) = (range, error);
            }
        }
        return best;
    }

    private double ErrorOf(ActivationRange range)
    {
        double sum = 0;
        float width = Math.Max(_high - _low, 1e-6f) / (Bins - 1);
        for (int bin = 0; bin < Bins; bin++)
        {
            if (_counts[bin] == 0)
                continue;
            float value = _low + (bin + 0.5f) * width;
            float step = Math.Clamp(MathF.Round(value / range.Scale) + range.Zero, 0, byte.MaxValue);
            double off = (step - range.Zero) * range.Scale - value;
            sum += _counts[bin] * off * off;
        }
        return sum;
    }
}
