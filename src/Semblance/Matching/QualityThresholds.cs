using Semblance.Embedding;
using Semblance.Models;

namespace Semblance.Matching;

/// <summary>Thresholds and probability by quality, as measured: between two norms they are interpolated, below the first there are
/// none.</summary>
internal sealed class QualityThresholds
{
    private readonly (double Norm, ThresholdTable Table, ProbabilityModel Probability)[] _knots;

    public QualityThresholds(string model, ModelCalibration calibration)
    {
        _knots = calibration.ByNorm is { Count: > 0 } byNorm
            ? [.. byNorm.Select(row => (row.Norm, new ThresholdTable(model, row.Fmr), Known(model, row.Probability)))]
            : [(double.NegativeInfinity, new ThresholdTable(model, calibration), Known(model, calibration.Probability))];
        for (int i = 0; i < _knots.Length; i++)
            if (double.IsNaN(_knots[i].Norm) || (i > 0 && !(_knots[i].Norm > _knots[i - 1].Norm)))
                throw new ModelException(model, "its calibration is wrong: norms must rise");
    }

    /// <summary>The thresholds of the best quality.</summary>
    public ThresholdTable Best => _knots[^1].Table;

    /// <summary>What norms say: as far below the lowest and above the highest that thresholds were measured at as these lie apart. Null
    /// where thresholds do not depend on the norm.</summary>
    public NormScale? Norms => _knots.Length < 2 ? null : new(2 * _knots[0].Norm - _knots[^1].Norm, 2 * _knots[^1].Norm - _knots[0].Norm);

    /// <summary>The lowest score that counts as a match; null where none keeps the rate at this quality.</summary>
    /// <param name="rate">Between the smallest and the largest rate of <see cref="Best"/>.</param>
    /// <param name="norm">Null for the best quality.</param>
    /// <exception cref="UnsupportedRateException">No quality supports the rate.</exception>
    public double? ThresholdFor(double rate, double? norm)
    {
        double best = Best.ThresholdFor(rate);
        if (norm is not { } known || known >= _knots[^1].Norm)
            return best;
        if (!(known >= _knots[0].Norm))
            return null;
        (int below, double share) = Place(known);
        return Of(below) is { } low && Of(below + 1) is { } high ? low + share * (high - low) : null;

        double? Of(int knot)
        {
            ThresholdTable table = _knots[knot].Table;
            return table.Supports(rate) ? table.ThresholdFor(Math.Min(rate, table.LargestRate)) : null;
        }
    }

    /// <summary>The smallest norm at which a threshold keeps a rate.</summary>
    public double SmallestNormFor(double rate)
    {
        int knot = _knots.Length - 1;
        while (knot > 0 && _knots[knot - 1].Table.Supports(rate))
            knot--;
        return _knots[knot].Norm;
    }

    /// <summary>The probability of one person at even odds beforehand.</summary>
    public double ProbabilityOf(double score, double? norm)
    {
        if (norm is not { } known || known >= _knots[^1].Norm)
            return Logistic(_knots[^1].Probability, score);
        if (!(known > _knots[0].Norm))
            return Logistic(_knots[0].Probability, score);
        (int below, double share) = Place(known);
        return (1 - share) * Logistic(_knots[below].Probability, score) + share * Logistic(_knots[below + 1].Probability, score);
    }

    private (int Below, double Share) Place(double norm)
    {
        int below = 0;
        while (below < _knots.Length - 2 && norm >= _knots[below + 1].Norm)
            below++;
        return (below, (norm - _knots[below].Norm) / (_knots[below + 1].Norm - _knots[below].Norm));
    }

    private static double Logistic(ProbabilityModel model, double score) => 1 / (1 + Math.Exp(-(model.A * score + model.B)));

    private static ProbabilityModel Known(string model, ProbabilityModel probability)
    {
        if (probability.Kind != "logistic")
            throw new ModelException(model, $"its probability model '{probability.Kind}' is not known; known is logistic");
        if (!double.IsFinite(probability.A) || !double.IsFinite(probability.B))
            throw new ModelException(model, "its probability model has no finite slope and intercept");
        return probability;
    }
}
