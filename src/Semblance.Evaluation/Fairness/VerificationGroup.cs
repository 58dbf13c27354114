using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Fairness;

/// <summary>One group at one threshold.</summary>
public sealed record VerificationGroup
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>People in it.</summary>
    public required int People { get; init; }

    /// <summary>Pictures of them.</summary>
    public required int Pictures { get; init; }

    /// <summary>False matches among comparisons of different people of the group.</summary>
    public required RateEstimate Fmr { get; init; }

    /// <summary>False non-matches among comparisons of one person of the group; null where nobody has a second picture.</summary>
    public RateEstimate? Fnmr { get; init; }

    /// <summary>The threshold at which the group would have the rate asked for; null without a rate or with too few comparisons.</summary>
    public double? ThresholdNeeded { get; init; }

    /// <summary>Why the group is too small to judge and stays out of the measures; null when it is not.</summary>
    public string? TooSmall { get; init; }
}
