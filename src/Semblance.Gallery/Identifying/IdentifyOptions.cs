namespace Semblance.Gallery.Identifying;

/// <summary>How a face is searched for, and when the answer is a name.</summary>
public sealed record IdentifyOptions
{
    /// <summary>One in a hundred searches by strangers may be given a name.</summary>
    public const double DefaultFalsePositiveIdentificationRate = 1e-2;

    /// <summary>Number of candidates where none is given.</summary>
    public const int DefaultCandidates = 5;

    /// <summary>The default options.</summary>
    public static IdentifyOptions Default { get; } = new();

    /// <summary>
    /// FPIR: the fraction of searches by people who are not enrolled that may be given a name. The threshold is that of the false match
    /// rate 1 - (1 - FPIR)^(1/N) of single comparisons, where N is the number of references, with every fusion.
    /// </summary>
    public double FalsePositiveIdentificationRate { get; init; } = DefaultFalsePositiveIdentificationRate;

    /// <summary>An own threshold instead of the rate: the lowest cosine that counts, -1 to 1.</summary>
    public double? Threshold { get; init; }

    /// <summary>How references of one person are taken together.</summary>
    public ReferenceFusion Fusion { get; init; } = ReferenceFusion.Best;

    /// <summary>The best person must be more similar than the second by this much, 0 to 2; else the answer is unknown.</summary>
    public double MinimumMargin { get; init; }

    /// <summary>How many people are returned with their similarity, 1 or more.</summary>
    public int Candidates { get; init; } = DefaultCandidates;

    internal void Validate()
    {
        if (Threshold is { } own && !(own is >= -1 and <= 1))
            throw new ArgumentException($"The threshold is {own}; a cosine lies between -1 and 1.");
        if (Threshold is null && !(FalsePositiveIdentificationRate is > 0 and < 1))
            throw new ArgumentException(
                $"The false positive identification rate is {FalsePositiveIdentificationRate}; it lies between 0 and 1."
            );
        if (!(MinimumMargin is >= 0 and <= 2))
            throw new ArgumentException($"The margin is {MinimumMargin}; it lies between 0 and 2.");
        if (Candidates < 1)
            throw new ArgumentException($"{Candidates} candidates were asked for; at least 1 is needed.");
        if (!Enum.IsDefined(Fusion))
            throw new ArgumentException($"The fusion {Fusion} is not known.");
    }
}
