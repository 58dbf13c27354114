namespace Semblance.Client;

/// <summary>What a comparison says at one of several rates.</summary>
public sealed record RateAnswer
{
    /// <summary>The rate of false matches.</summary>
    public double FalseMatchRate { get; init; }

    /// <summary>It is one person; null where the rate cannot be promised.</summary>
    public bool? Match { get; init; }

    /// <summary><c>same</c>, <c>different</c> or <c>cannot-tell</c>; null where the rate cannot be promised.</summary>
    public string? Decision { get; init; }

    /// <summary>Why the pictures do not allow an answer; null where they do.</summary>
    public CannotTellAnswer? CannotTell { get; init; }

    /// <summary>Cosine, -1 to 1.</summary>
    public double? Similarity { get; init; }

    /// <summary>What the threshold is compared with.</summary>
    public double? Score { get; init; }

    /// <summary>The lowest score that counts as a match.</summary>
    public double? Threshold { get; init; }

    /// <summary>Why the rate cannot be promised; null where it can.</summary>
    public ErrorAnswer? Error { get; init; }
}
