using System.Collections.ObjectModel;

namespace Semblance.Gallery;

/// <summary>Somebody a gallery knows.</summary>
public sealed record Person
{
    /// <summary>Identifies the person in this gallery; time-ordered (UUID version 7).</summary>
    public required Guid Id { get; init; }

    /// <summary>What the person is called; need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>Anything the caller keeps about the person.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Where the person's consent is documented; null when none is.</summary>
    public string? ConsentReference { get; init; }

    /// <summary>From then on the person is not identified any more, and the next purge removes them; null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the person was first enrolled.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary>Whether the person has expired.</summary>
    /// <param name="now">The time to ask about.</param>
    public bool IsExpiredAt(DateTimeOffset now) => ExpiresAt <= now;
}
