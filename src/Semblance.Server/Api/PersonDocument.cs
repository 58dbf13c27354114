using Semblance.Gallery;
using Semblance.Gallery.Storage;

namespace Semblance.Server.Api;

/// <summary>A person as answered.</summary>
internal sealed record PersonDocument(
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

    public static PersonDocument Of(Person person, DateTimeOffset now) =>
        new(
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

    public static PersonDocument Of(PersonEntry entry, DateTimeOffset now) =>
        Of(entry.Person, now) with
        {
            ReferenceCount = entry.References,
            Cover = entry.Shown,
        };

    public static PersonDocument Of(Person person, DateTimeOffset now, IReadOnlyList<FaceReference> references) =>
        Of(person, now) with
        {
            ReferenceCount = references.Count,
            References = [.. references.Select(ReferenceDocument.Of)],
        };
}
