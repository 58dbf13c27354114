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

    /// <summary>Which strangers were compared, e.g. <c>alike in age, gender and race</c>; null means any.</summary>
    public string? Strangers { get; init; }

    /// <summary>
    /// Thresholds by quality: for pairs whose smaller embedding norm is the one given. Between two norms they are interpolated, above the
    /// last they stay, below the first there are none, because no threshold keeps a rate there. Null where the norm plays no part.
    /// <see cref="Fmr"/> is then the last.
    /// </summary>
    public IReadOnlyList<NormThresholds>? ByNorm { get; init; }

    /// <summary>
    /// The similarity that half of one person's pairs of good pictures reach. Pictures on which a match would need more allow no answer
    /// but that of a match: strangers like these look too much alike. Null where that was not measured.
    /// </summary>
    public double? UsualSimilarity { get; init; }

    /// <summary>From score to the probability of one person.</summary>
    public required ProbabilityModel Probability { get; init; }
}

/// <summary>probability = 1 / (1 + exp(-(a * similarity + b))), at equal prior odds.</summary>
/// <param name="Kind">Only <c>logistic</c> is known.</param>
/// <param name="A">Slope.</param>
/// <param name="B">Intercept.</param>
public sealed record ProbabilityModel(string Kind, double A, double B);
