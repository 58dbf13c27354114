namespace Semblance.Evaluation.Fairness;

/// <summary>Measures of inequality of one kind of rate, with intervals from resampled people.</summary>
/// <param name="Groups">Names of the groups that were compared, in order.</param>
/// <param name="Measures">The measures.</param>
/// <param name="Bounded">Groups without an event: their upper bound stands in.</param>
/// <param name="RatioInterval">95 % interval of worst by best; null where it was not resampled.</param>
/// <param name="ToGeometricMeanInterval">95 % interval of worst by geometric mean; null where it was not resampled.</param>
public sealed record MeasuredInequality(
    IReadOnlyList<string> Groups,
    InequalityMeasures Measures,
    IReadOnlyList<string> Bounded,
    IReadOnlyList<double>? RatioInterval,
    IReadOnlyList<double>? ToGeometricMeanInterval
)
{
    /// <summary>The group with the highest rate.</summary>
    public string Worst => Groups[Measures.Worst];

    /// <summary>The group with the lowest rate.</summary>
    public string Best => Groups[Measures.Best];
}
