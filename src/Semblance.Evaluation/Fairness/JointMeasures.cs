namespace Semblance.Evaluation.Fairness;

/// <summary>Measures that weigh both kinds of errors together; they need FMR and FNMR of every group.</summary>
/// <param name="Fdr">
/// Fairness discrepancy rate 1 − (α max|FMR_i − FMR_j| + (1 − α) max|FNMR_i − FNMR_j|) (Pereira and Marcel, "Fairness in Biometrics",
/// arXiv 2011.02395); 1 is parity. At small rates it hardly moves.
/// </param>
/// <param name="Garbe">
/// Gini aggregation rate α G(FMR) + (1 − α) G(FNMR) (Howard et al., arXiv 2203.05051); 0 is parity; null where one kind of error did not
/// happen at all.
/// </param>
/// <param name="InequityRate">
/// (max FMR / min FMR)^α (max FNMR / min FNMR)^(1 − α) (Grother, NIST FRVT part 8); 1 is parity; null where a quotient has no value.
/// </param>
public sealed record JointMeasures(double Fdr, double? Garbe, double? InequityRate)
{
    /// <summary>The weight of false matches against false non-matches that the literature takes.</summary>
    public const double DefaultAlpha = 0.5;

    /// <summary>Measures.</summary>
    /// <param name="falseMatchRates">FMR of every group, two groups at least.</param>
    /// <param name="falseNonMatchRates">FNMR of the same groups in the same order.</param>
    /// <param name="alpha">Weight of false matches, 0 to 1.</param>
    /// <exception cref="ArgumentException">Different numbers of groups, or no rates.</exception>
    public static JointMeasures Of(
        IReadOnlyList<double> falseMatchRates,
        IReadOnlyList<double> falseNonMatchRates,
        double alpha = DefaultAlpha
    )
    {
        ArgumentNullException.ThrowIfNull(falseMatchRates);
        ArgumentNullException.ThrowIfNull(falseNonMatchRates);
        if (falseMatchRates.Count != falseNonMatchRates.Count)
            throw new ArgumentException("Both kinds of errors are needed for every group.", nameof(falseNonMatchRates));
        if (!(alpha is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The weight lies between 0 and 1.");
        InequalityMeasures matches = InequalityMeasures.Of(falseMatchRates),
            nonMatches = InequalityMeasures.Of(falseNonMatchRates);
        return new(
            1 - (alpha * matches.Difference + (1 - alpha) * nonMatches.Difference),
            alpha * matches.Gini + (1 - alpha) * nonMatches.Gini,
            matches.Ratio is { } fmr && nonMatches.Ratio is { } fnmr ? Math.Pow(fmr, alpha) * Math.Pow(fnmr, 1 - alpha) : null
        );
    }
}
