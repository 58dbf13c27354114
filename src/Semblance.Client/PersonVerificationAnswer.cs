namespace Semblance.Client;

/// <summary>Whether a picture shows a certain person.</summary>
public sealed record PersonVerificationAnswer
{
    /// <summary>The person's id.</summary>
    public Guid Id { get; init; }

    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>It does.</summary>
    public bool Match { get; init; }

    /// <summary><c>same</c>, <c>different</c> or <c>cannot-tell</c>; null from services that know two answers.</summary>
    public string? Decision { get; init; }

    /// <summary>Why the pictures do not allow an answer; null where they do.</summary>
    public CannotTellAnswer? CannotTell { get; init; }

    /// <summary>Cosine, -1 to 1.</summary>
    public double Similarity { get; init; }

    /// <summary>What the threshold is compared with; null from services that compare the similarity itself.</summary>
    public double? Score { get; init; }

    /// <summary>The lowest score that counts as a match.</summary>
    public double Threshold { get; init; }

    /// <summary>That it is the person, at even odds beforehand.</summary>
    public double? Probability { get; init; }

    /// <summary>The answer at each of the rates that were asked for; null where none was.</summary>
    public IReadOnlyList<RateAnswer>? Rates { get; init; }
}
