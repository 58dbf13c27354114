namespace Semblance.Client;

/// <summary>Somebody who is known.</summary>
public sealed record PersonAnswer
{
    /// <summary>The person's id.</summary>
    public Guid Id { get; init; }

    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>What is kept about the person.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Where the consent is documented.</summary>
    public string? Consent { get; init; }

    /// <summary>When the person is forgotten.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the person was enrolled.</summary>
    public DateTimeOffset EnrolledAt { get; init; }

    /// <summary>What the newest change is undone by (<see cref="SemblanceClient.UndoAsync"/>); null where it cannot be.</summary>
    public long? Undo { get; init; }

    /// <summary>The person's references.</summary>
    public IReadOnlyList<ReferenceAnswer>? References { get; init; }
}
