using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Documents;

/// <summary>A person as every program prints and answers it. What is absent is null, and left out of JSON.</summary>
/// <param name="Id">Identifies the person in the gallery.</param>
/// <param name="Name">What the person is called.</param>
/// <param name="ExternalId">The caller's own id.</param>
/// <param name="Tags">Words of the caller's.</param>
/// <param name="Metadata">Details of the caller's.</param>
/// <param name="Consent">Where the consent is documented.</param>
/// <param name="ExpiresAt">From when on the person is nobody's answer.</param>
/// <param name="Expired">True where that is over; else null.</param>
/// <param name="EnrolledAt">When.</param>
/// <param name="Locked">True where the person may not be changed; else null.</param>
/// <param name="Cover">The reference that is shown for the person.</param>
public sealed record PersonDocument(
    Guid Id,
    string Name,
    string? ExternalId,
    IReadOnlyList<string>? Tags,
    IReadOnlyDictionary<string, string>? Metadata,
    string? Consent,
    DateTimeOffset? ExpiresAt,
    bool? Expired,
    DateTimeOffset EnrolledAt,
    bool? Locked,
    Guid? Cover
)
{
    /// <summary>How many references there are; null where that was not looked up.</summary>
    public int? ReferenceCount { get; init; }

    /// <summary>Entry of the log by which the newest change can be undone; null where it cannot, or where that was not looked up.</summary>
    public long? Undo { get; init; }

    /// <summary>The references; null in lists.</summary>
    public IReadOnlyList<ReferenceDocument>? References { get; init; }

    /// <summary>A person without references.</summary>
    /// <param name="person">Who.</param>
    /// <param name="now">Decides what has expired.</param>
    public static PersonDocument Of(Person person, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new(
            person.Id,
            person.Name,
            person.ExternalId,
            person.Tags.Count == 0 ? null : person.Tags,
            person.Metadata.Count == 0 ? null : person.Metadata,
            person.ConsentReference,
            person.ExpiresAt,
            person.IsExpiredAt(now) ? true : null,
            person.EnrolledAt,
            person.Locked ? true : null,
            person.Cover
        );
    }

    /// <summary>A person of a list.</summary>
    /// <param name="entry">Who, with the number of references.</param>
    /// <param name="now">Decides what has expired.</param>
    public static PersonDocument Of(PersonEntry entry, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Of(entry.Person, now) with { ReferenceCount = entry.References, Cover = entry.Shown };
    }

    /// <summary>A person with references.</summary>
    /// <param name="person">Who.</param>
    /// <param name="now">Decides what has expired.</param>
    /// <param name="references">The person's.</param>
    public static PersonDocument Of(Person person, DateTimeOffset now, IReadOnlyList<FaceReference> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        return Of(person, now) with { ReferenceCount = references.Count, References = [.. references.Select(ReferenceDocument.Of)] };
    }
}
