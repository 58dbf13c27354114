using Semblance.Matching;

namespace Semblance.Gallery.Identifying;

/// <summary>When a probe counts as a certain person.</summary>
public sealed record PersonVerificationOptions
{
    /// <summary>The default options.</summary>
    public static PersonVerificationOptions Default { get; } = new();

    /// <summary>The rate at which somebody else may pass as the person; shared among the references that are compared.</summary>
    public double FalseMatchRate { get; init; } = MatchOptions.DefaultFalseMatchRate;

    /// <summary>An own threshold instead of the rate: the lowest cosine that counts.</summary>
    public double? Threshold { get; init; }

    /// <summary>How the person's references are taken together.</summary>
    public ReferenceFusion Fusion { get; init; } = ReferenceFusion.Best;
}
