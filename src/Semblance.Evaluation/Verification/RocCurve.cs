namespace Semblance.Evaluation.Verification;

/// <summary>True and false matches as the threshold falls; pairs of equal similarity come in together.</summary>
public sealed class RocCurve
{
    private readonly List<(double Similarity, long True, long False)> _points = [];
    private readonly long _mated,
        _nonMated;

    /// <summary>Builds the curve.</summary>
    /// <param name="pairs">Pairs; those without a similarity are never accepted.</param>
    public RocCurve(IEnumerable<(double? Similarity, bool Same)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        (double? Similarity, bool Same)[] all = [.. pairs];
        _mated = all.Count(pair => pair.Same);
        _nonMated = all.Length - _mated;
        long matches = 0,
            wrong = 0;
        foreach (
            var group in all.Where(pair => pair.Similarity is not null)
                .GroupBy(pair => pair.Similarity!.Value)
                .OrderByDescending(group => group.Key)
        )
        {
            matches += group.Count(pair => pair.Same);
            wrong += group.Count(pair => !pair.Same);
            _points.Add((group.Key, matches, wrong));
        }
    }

    /// <summary>Area under the curve: the chance that a same pair is more similar than a different one, ties counting half.</summary>
    public double Auc()
    {
        if (_mated == 0 || _nonMated == 0)
            return double.NaN;
        double area = 0;
        long lastTrue = 0,
            lastFalse = 0;
        foreach ((_, long matches, long wrong) in _points.Append((0, _mated, _nonMated)))
        {
            area += (wrong - lastFalse) * (lastTrue + (matches - lastTrue) / 2.0);
            (lastTrue, lastFalse) = (matches, wrong);
        }
        return area / ((double)_mated * _nonMated);
    }

    /// <summary>The rate at which as many same pairs are refused as different ones are accepted, linear between neighbouring
    /// thresholds.</summary>
    public double EqualErrorRate()
    {
        if (_mated == 0 || _nonMated == 0)
            return double.NaN;
        double lastFmr = 0,
            lastFnmr = 1;
        foreach ((_, long matches, long wrong) in _points.Append((0, _mated, _nonMated)))
        {
            double fmr = (double)wrong / _nonMated,
                fnmr = 1 - (double)matches / _mated;
            if (fmr >= fnmr)
            {
                double before = lastFnmr - lastFmr,
                    after = fmr - fnmr;
                double position = before + after == 0 ? 0 : before / (before + after);
                return lastFmr + position * (fmr - lastFmr);
            }
            (lastFmr, lastFnmr) = (fmr, fnmr);
        }
        return lastFmr;
    }

    /// <summary>The fraction of same pairs accepted at the lowest threshold whose false match rate does not exceed
    /// <paramref name="rate"/>.</summary>
    public double TrueMatchRateAt(double rate)
    {
        // 0.01 * 2900 is a little less than 29: a product must not lose a pair by rounding.
        const double Rounding = 1e-12;
        if (_mated == 0)
            return double.NaN;
        long best = 0;
        foreach ((_, long matches, long wrong) in _points)
        {
            if (wrong > rate * _nonMated * (1 + Rounding))
                break;
            best = matches;
        }
        return (double)best / _mated;
    }
}
