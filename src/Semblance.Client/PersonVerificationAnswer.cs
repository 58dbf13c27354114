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

    /// <summary>Cosine, -1 to 1.</summary>
    public double Similarity { get; init; }

    /// <summary>What counts as a match.</summary>
    public double Threshold { get; init; }

    /// <summary>That it is the person, at even odds beforehand.</summary>
    public double? Probability { get; init; }
}
