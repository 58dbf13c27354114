namespace Semblance.Server.Access;

/// <summary>Which entries are read.</summary>
/// <param name="Gallery">Of which gallery.</param>
/// <param name="Limit">How many at most.</param>
internal sealed record AccessQuery(string Gallery, int Limit)
{
    /// <summary>Only entries older than the one there; null for all.</summary>
    public AccessPosition? Before { get; init; }

    /// <summary>Only entries that name a person; null for all.</summary>
    public Guid? Person { get; init; }

    /// <summary>Only what was asked with one key, by its id; null for all.</summary>
    public string? Key { get; init; }

    /// <summary>Whether an entry is asked for.</summary>
    public bool Wants(AccessEntry entry) =>
        entry.Gallery == Gallery && (Person is not { } person || entry.People.Contains(person)) && (Key is null || entry.Key == Key);
}
