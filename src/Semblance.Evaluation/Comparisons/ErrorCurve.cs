namespace Semblance.Evaluation.Comparisons;

/// <summary>
/// False match and false non-match rates as the threshold falls: read as DET or, with 1 − FNMR, as ROC (ISO/IEC 19795-1). Points are chosen
/// evenly over the logarithm of the rate, from one false match in all comparisons on.
/// </summary>
public static class ErrorCurve
{
    private const int PointsPerDecade = 12;

    /// <summary>The curve.</summary>
    /// <param name="set">Comparisons of both kinds.</param>
    /// <exception cref="EvaluationException">One kind is missing.</exception>
    public static IReadOnlyList<CurvePoint> Of(ComparisonSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.NonMated == 0 || set.Mated.Count == 0)
            throw new EvaluationException("comparisons of the same and of different people are needed");
        List<CurvePoint> points = [];
        double wanted = 1.0 / set.NonMated;
        long lastCount = 0;
        double lastScore = double.NaN;
        foreach ((double score, long count) in set.NonMatedSteps())
        {
            // The threshold is just above this score: what lies at and above it is not accepted yet.
            if (lastCount > 0 && (double)count / set.NonMated > wanted)
            {
                Add(lastScore, lastCount);
                while (wanted <= (double)lastCount / set.NonMated || wanted <= points[^1].Fmr)
                    wanted *= Math.Pow(10, 1.0 / PointsPerDecade);
            }
            (lastScore, lastCount) = (score, count);
        }
        Add(lastScore, lastCount);
        return points;

        void Add(double threshold, long accepted)
        {
            double fnmr = 1 - (double)set.TrueMatches(threshold) / set.Mated.Count;
            points.Add(new(threshold, (double)accepted / set.NonMated, fnmr));
        }
    }

    /// <summary>Where both rates are the same, linear between neighbouring points of all scores.</summary>
    /// <param name="set">Comparisons of both kinds.</param>
    public static double EqualErrorRate(ComparisonSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        double lastFmr = 0,
            lastFnmr = 1;
        foreach ((double score, long count) in set.NonMatedSteps())
        {
            double fmr = (double)count / set.NonMated,
                fnmr = 1 - (double)set.TrueMatches(score) / set.Mated.Count;
            if (fmr >= fnmr)
            {
                double before = lastFnmr - lastFmr,
                    after = fmr - fnmr;
                return lastFmr + (before + after == 0 ? 0 : before / (before + after)) * (fmr - lastFmr);
            }
            (lastFmr, lastFnmr) = (fmr, fnmr);
        }
        return lastFmr;
    }

    /// <summary>The chance that a comparison of one person scores higher than one of different people; ties count half.</summary>
    /// <param name="set">Comparisons of both kinds.</param>
    public static double AreaUnderRoc(ComparisonSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        double area = 0;
        long lastFalse = 0;
        foreach ((double score, long count) in set.NonMatedSteps())
        {
            // Mated comparisons above this step, and those inside it, which tie.
            long matches = set.TrueMatches(score),
                above = Above(set, score);
            area += (count - lastFalse) * (above + (matches - above) / 2.0);
            lastFalse = count;
        }
        return area / ((double)set.NonMated * set.Mated.Count);
    }

    private static long Above(ComparisonSet set, double score) => set.TrueMatches(Math.BitIncrement(score));
}
