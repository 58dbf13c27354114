namespace Semblance.Client;

/// <summary>Whether two pictures show one person.</summary>
public sealed record VerificationAnswer
{
    /// <summary>They do.</summary>
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

    /// <summary>The rate of false matches at the threshold.</summary>
    public double? FalseMatchRate { get; init; }

    /// <summary>That it is one person, at even odds beforehand.</summary>
    public double? Probability { get; init; }

    /// <summary>The answer at each of the rates that were asked for; null where none was.</summary>
    public IReadOnlyList<RateAnswer>? Rates { get; init; }

    /// <summary>Names the request in the service's logs.</summary>
    public string? RequestId { get; init; }
}
