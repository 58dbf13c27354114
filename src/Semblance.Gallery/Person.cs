using System.Collections.ObjectModel;

namespace Semblance.Gallery;

/// <summary>Somebody a gallery holds.</summary>
public sealed record Person
{
    /// <summary>Identifies the person in this gallery; time-ordered (UUID version 7).</summary>
    public required Guid Id { get; init; }

    /// <summary>Somebody enrolled, or somebody unknown who was seen.</summary>
    public PersonKind Kind { get; init; }

    /// <summary>What the person is called; need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>Anything the caller keeps about the person.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Where the person's consent is documented; null when none is.</summary>
    public string? ConsentReference { get; init; }

    /// <summary>From then on the person is not identified any more, and the next purge removes them; null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The caller's own id of the person; at most one person of a gallery has it. Null when there is none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Words that the caller sorts people by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The reference whose crop stands for the person; null to leave it to the reader.</summary>
    public Guid? Cover { get; init; }

    /// <summary>Somebody decided by hand what belongs to the person, so nothing that works by itself may change it.</summary>
    public bool Locked { get; init; }

    /// <summary>Keys of findings of a check that a human has looked at and dismissed (<see cref="Checking.Finding.Key"/>).</summary>
    public IReadOnlyList<string> Dismissed { get; init; } = [];

    /// <summary>When the person was first enrolled.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary>Whether the person has expired.</summary>
    /// <param name="now">The time to ask about.</param>
    public bool IsExpiredAt(DateTimeOffset now) => ExpiresAt <= now;
}

/// <summary>What a person is to a gallery.</summary>
public enum PersonKind
{
    /// <summary>Enrolled under a name; only these are identified.</summary>
    Known,

    /// <summary>Unknown faces that seem to be of one person, kept until they expire.</summary>
    Stranger,

    /// <summary>A stranger that nobody wants to be told of again.</summary>
    Ignored,
}
