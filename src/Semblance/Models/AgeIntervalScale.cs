namespace Semblance.Models;

/// <summary>
/// How the 80 % interval of an age is drawn from the distribution that a network gives, so that it holds what it promises at every age and
/// on blurred pictures: the distances from the mean to the 10th and to the 90th percentile are multiplied by a factor for the estimated age
/// and one for the sharpness of the crop. Factors lie linearly between those that are given, and stay as they are outside.
/// </summary>
public sealed record AgeIntervalScale
{
    /// <summary>Estimated ages in years, rising.</summary>
    public required IReadOnlyList<double> Years { get; init; }

    /// <summary>Factors of the part below the mean, one an age.</summary>
    public required IReadOnlyList<double> Below { get; init; }

    /// <summary>Factors of the part above the mean, one an age.</summary>
    public required IReadOnlyList<double> Above { get; init; }

    /// <summary>Sharpness of the crop, rising: the mean magnitude of its luminance's Laplacian over its standard deviation. Empty where it
    /// makes no difference.</summary>
    public IReadOnlyList<double> Sharpness { get; init; } = [];

    /// <summary>Factors of the part below the mean, one a sharpness.</summary>
    public IReadOnlyList<double> BelowBySharpness { get; init; } = [];

    /// <summary>Factors of the part above the mean, one a sharpness.</summary>
    public IReadOnlyList<double> AboveBySharpness { get; init; } = [];

    /// <summary>What is wrong with it, all of it; empty when nothing is.</summary>
    internal IEnumerable<string> Problems() =>
        Years.Count == 0
            ? ["the interval of an age needs ages"]
            : [.. Problems("ages", Years, Below, Above), .. Problems("sharpness", Sharpness, BelowBySharpness, AboveBySharpness)];

    /// <summary>The interval around a mean.</summary>
    /// <param name="mean">The estimated age.</param>
    /// <param name="low">10th percentile of the distribution.</param>
    /// <param name="high">90th percentile.</param>
    /// <param name="sharpness">Sharpness of the crop; null where it is not known.</param>
    internal (double Low, double High) Apply(double mean, double low, double high, double? sharpness)
    {
        (double below, double above) = (At(Years, Below, mean), At(Years, Above, mean));
        if (sharpness is { } measured && Sharpness.Count > 0)
            (below, above) = (below * At(Sharpness, BelowBySharpness, measured), above * At(Sharpness, AboveBySharpness, measured));
        return (Math.Max(0, mean - below * Math.Max(0, mean - low)), mean + above * Math.Max(0, high - mean));
    }

    private static IEnumerable<string> Problems(
        string what,
        IReadOnlyList<double> at,
        IReadOnlyList<double> below,
        IReadOnlyList<double> above
    )
    {
        if (below.Count != at.Count || above.Count != at.Count)
            yield return $"the interval of an age has {below.Count} and {above.Count} factors for {at.Count} values of {what}";
        if (at.Any(value => !double.IsFinite(value)) || at.Zip(at.Skip(1)).Any(pair => pair.First >= pair.Second))
            yield return $"the {what} of an age's interval must rise";
        if (below.Concat(above).Any(factor => !(factor > 0 && double.IsFinite(factor))))
            yield return $"the factors of an age's interval by {what} must be above 0";
    }

    private static double At(IReadOnlyList<double> at, IReadOnlyList<double> factors, double value)
    {
        int next = 0;
        while (next < at.Count && at[next] <= value)
            next++;
        if (next == 0 || next == at.Count)
            return factors[Math.Max(0, next - 1)];
        double part = (value - at[next - 1]) / (at[next] - at[next - 1]);
        return factors[next - 1] + part * (factors[next] - factors[next - 1]);
    }
}
