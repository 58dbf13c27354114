using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Gallery.Audit;

namespace Semblance.Gallery.VectorData;

/// <summary>The gallery's own record: settings and the newest audit entry.</summary>
internal sealed record GalleryDocument(GallerySettings Settings, AuditHead? Head);

/// <summary>What a reference keeps beside its vector.</summary>
internal sealed record ReferenceDocument(
    Guid Id,
    Guid PersonId,
    float Norm,
    double? Quality,
    string? Source,
    string? SourceHash,
    bool HasCrop,
    DateTimeOffset EnrolledAt
)
{
    public float? Baseline { get; init; }

    public string? ExternalId { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public bool Locked { get; init; }

    public string? Digest { get; init; }
}

/// <summary>What a template keeps beside its vector.</summary>
internal sealed record TemplateDocument(float? Baseline);

/// <summary>What a person keeps.</summary>
internal sealed record PersonDocument(
    Guid Id,
    string Name,
    Dictionary<string, string> Metadata,
    string? ConsentReference,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset EnrolledAt
)
{
    public PersonKind Kind { get; init; }

    public string? ExternalId { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public Guid? Cover { get; init; }

    public bool Locked { get; init; }

    public IReadOnlyList<string>? Dismissed { get; init; }
}

/// <summary>A record to be written, as the journal keeps it.</summary>
internal sealed record RecordDocument(
    Guid Key,
    string Kind,
    string Person,
    string Name,
    string Position,
    long ExpiresAt,
    string Document,
    byte[] Vector
);

/// <summary>Changes that belong together, kept until all of them are made.</summary>
internal sealed record JournalDocument(IReadOnlyList<RecordDocument> Upserts, IReadOnlyList<Guid> Deletions);

[JsonSerializable(typeof(GalleryDocument))]
[JsonSerializable(typeof(ReferenceDocument))]
[JsonSerializable(typeof(TemplateDocument))]
[JsonSerializable(typeof(PersonDocument))]
[JsonSerializable(typeof(JournalDocument))]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class RecordJson : JsonSerializerContext
{
    /// <exception cref="GalleryDamagedException">It is no document of this kind.</exception>
    public static T Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new GalleryDamagedException("the gallery", $"a record of {typeof(T).Name}", "it cannot be read", e);
        }
    }
}
