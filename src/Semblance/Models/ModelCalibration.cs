namespace Semblance.Models;

/// <summary>Measured behaviour of an embedder's similarities on labelled pictures.</summary>
public sealed record ModelCalibration
{
    /// <summary>What was measured: set, pairs, detector, alignment.</summary>
    public required string Data { get; init; }

    /// <summary>Comparisons of one person with themselves.</summary>
    public required long MatedPairs { get; init; }

    /// <summary>Comparisons of different people.</summary>
    public required long NonMatedPairs { get; init; }

    /// <summary>Different people in the set.</summary>
    public required int People { get; init; }

    /// <summary>Pairs of false match rate and the lowest similarity whose upper confidence bound stays at or below it; by falling
    /// rate.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Fmr { get; init; }

    /// <summary>For every rate of <see cref="Fmr"/> the 95 % interval of the threshold when people are resampled: rate, low,
    /// high.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? FmrInterval { get; init; }

    /// <summary>False non-match rate at every rate of <see cref="Fmr"/>: rate, fraction of mated pairs refused.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Fnmr { get; init; }

    /// <summary>From similarity to the probability of one person.</summary>
    public required ProbabilityModel Probability { get; init; }
}

/// <summary>probability = 1 / (1 + exp(-(a * similarity + b))), at equal prior odds.</summary>
/// <param name="Kind">Only <c>logistic</c> is known.</param>
/// <param name="A">Slope.</param>
/// <param name="B">Intercept.</param>
public sealed record ProbabilityModel(string Kind, double A, double B);
