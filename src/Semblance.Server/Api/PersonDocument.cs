using Semblance.Gallery;

namespace Semblance.Server.Api;

/// <summary>A person as answered.</summary>
internal sealed record PersonDocument(
    Guid Id,
    string Name,
    IReadOnlyDictionary<string, string>? Metadata,
    string? Consent,
    DateTimeOffset? ExpiresAt,
    bool? Expired,
    DateTimeOffset EnrolledAt,
    IReadOnlyList<ReferenceDocument>? References
)
{
    public static PersonDocument Of(Person person, DateTimeOffset now, IReadOnlyList<FaceReference>? references = null) =>
        new(
            person.Id,
            person.Name,
            person.Metadata.Count == 0 ? null : person.Metadata,
            person.ConsentReference,
            person.ExpiresAt,
            person.IsExpiredAt(now) ? true : null,
            person.EnrolledAt,
            references is null ? null : [.. references.Select(reference => ReferenceDocument.Of(reference))]
        );
}

/// <summary>A reference as answered; its vector only in an export.</summary>
internal sealed record ReferenceDocument(
    Guid Id,
    string? Source,
    string? SourceHash,
    double? Quality,
    double Norm,
    bool Crop,
    DateTimeOffset EnrolledAt,
    string? CropPng,
    IReadOnlyList<float>? Vector
)
{
    public static ReferenceDocument Of(FaceReference reference) =>
        new(
            reference.Id,
            reference.Source,
            reference.SourceHash,
            reference.Quality,
            Math.Round(reference.Norm, 3),
            reference.HasCrop,
            reference.EnrolledAt,
            null,
            null
        );

    /// <summary>With everything that is held.</summary>
    public static ReferenceDocument Whole(FaceReference reference, ReadOnlyMemory<byte> crop) =>
        Of(reference) with
        {
            CropPng = crop.IsEmpty ? null : Convert.ToBase64String(crop.Span),
            Vector = reference.Vector.ToArray(),
        };
}
