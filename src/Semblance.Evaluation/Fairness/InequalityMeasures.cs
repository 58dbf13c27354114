namespace Semblance.Evaluation.Fairness;

/// <summary>How unlike the rates of groups are, by the measures of the literature. Null where a measure is not defined.</summary>
/// <param name="Worst">Position of the group with the highest rate.</param>
/// <param name="Best">Position of the group with the lowest rate.</param>
/// <param name="Ratio">Worst by best, max x / min x; 1 is parity.</param>
/// <param name="Difference">Worst less best, max x − min x; 0 is parity.</param>
/// <param name="ToGeometricMean">max x / (∏ x_d)^(1/n) (Grother, NIST IR 8429, 2022); 1 is parity.</param>
/// <param name="Gini">n/(n − 1) · Σ_i Σ_j |x_i − x_j| / (2 n² x̄), 0 to 1; 0 is parity; null where all rates are 0.</param>
public sealed record InequalityMeasures(int Worst, int Best, double? Ratio, double Difference, double? ToGeometricMean, double? Gini)
{
    /// <summary>Measures.</summary>
    /// <param name="rates">
    /// One rate a group, two groups at least. Quotients need numbers above 0: give a group without an event its upper bound.
    /// </param>
    /// <exception cref="ArgumentException">Fewer than two groups, or a rate is no number from 0 to 1.</exception>
    public static InequalityMeasures Of(IReadOnlyList<double> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        if (rates.Count < 2)
            throw new ArgumentException("Two groups at least are needed.", nameof(rates));
        if (rates.Any(rate => !(rate is >= 0 and <= 1)))
            throw new ArgumentException("A rate lies between 0 and 1.", nameof(rates));
        int worst = 0,
            best = 0;
        for (int i = 1; i < rates.Count; i++)
        {
            worst = rates[i] > rates[worst] ? i : worst;
            best = rates[i] < rates[best] ? i : best;
        }
        bool positive = rates[best] > 0;
        return new(
            worst,
            best,
            positive ? rates[worst] / rates[best] : null,
            rates[worst] - rates[best],
            positive ? rates[worst] / Math.Exp(rates.Average(Math.Log)) : null,
            GiniOf(rates)
        );
    }

    /// <summary>The Gini coefficient with the correction for few groups (Howard, Laird, Sirotin, Rubin, Tipton, Vemury, "Evaluating
    /// Proposed Fairness Models for Face Recognition Algorithms", arXiv 2203.05051, eq. 5).</summary>
    private static double? GiniOf(IReadOnlyList<double> rates)
    {
        double mean = rates.Average(),
            n = rates.Count;
        return mean == 0 ? null : n / (n - 1) * rates.Sum(a => rates.Sum(b => Math.Abs(a - b))) / (2 * n * n * mean);
    }
}
