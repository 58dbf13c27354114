namespace Semblance.Evaluation.Comparisons;

/// <summary>Counts of scores in equal steps: what is kept of comparisons that are too many to keep.</summary>
/// <remarks>A score lies between −2 and 2: a cosine, from which the mean of two cosines was taken off.</remarks>
internal sealed class ScoreHistogram
{
    /// <summary>Lowest score that has a bin of its own.</summary>
    public const double Lowest = -2;

    private const double Range = 4;

    private readonly long[] _counts;

    public ScoreHistogram(double step) => (Step, _counts) = (step, new long[(int)Math.Round(Range / step) + 1]);

    /// <summary>Width of a bin.</summary>
    public double Step { get; }

    /// <summary>Scores counted.</summary>
    public long Total { get; private set; }

    public void Add(float score)
    {
        _counts[Math.Clamp((int)Math.Floor((score - Lowest) / Step), 0, _counts.Length - 1)]++;
        Total++;
    }

    public void Add(ScoreHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Total += other.Total;
    }

    /// <summary>The lowest edge of a bin at and above which at most so many scores lie.</summary>
    public double ThresholdFor(long allowed)
    {
        long above = 0;
        for (int i = _counts.Length - 1; i >= 0; i--)
        {
            above += _counts[i];
            if (above > allowed)
                return Lowest + (i + 1) * Step;
        }
        return Lowest;
    }

    /// <summary>How many scores lie in bins that begin at or above a score.</summary>
    public long CountFrom(double score)
    {
        long above = 0;
        for (int i = _counts.Length - 1; i >= 0 && Lowest + i * Step >= score - Step * 1e-6; i--)
            above += _counts[i];
        return above;
    }

    /// <summary>Edges of bins with what lies at and above them, from high to low; bins without a score are left out.</summary>
    public IEnumerable<(double Edge, long AtOrAbove)> Falling()
    {
        long above = 0;
        for (int i = _counts.Length - 1; i >= 0; i--)
        {
            if (_counts[i] == 0)
                continue;
            above += _counts[i];
            yield return (Lowest + i * Step, above);
        }
    }
}
