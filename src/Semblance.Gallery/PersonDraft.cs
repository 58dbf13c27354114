using System.Collections.ObjectModel;

namespace Semblance.Gallery;

/// <summary>Somebody to be enrolled.</summary>
/// <param name="Name">What the person is called: 1 to 200 characters, no control characters.</param>
public sealed record PersonDraft(string Name)
{
    /// <summary>Anything the caller keeps about the person.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Where the person's consent is documented; needed where the gallery was created so.</summary>
    public string? ConsentReference { get; init; }

    /// <summary>When the person is to be forgotten; null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The caller's own id of the person. Where somebody has it, that person is meant, whatever they are called.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Words that the caller sorts people by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
