using Semblance.Gallery;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>A person as printed.</summary>
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
    public static PersonDocument Of(Person person, IReadOnlyList<FaceReference>? references = null) =>
        new(
            person.Id,
            person.Name,
            person.Metadata.Count == 0 ? null : person.Metadata,
            person.ConsentReference,
            person.ExpiresAt,
            person.IsExpiredAt(DateTimeOffset.UtcNow) ? true : null,
            person.EnrolledAt,
            references is null ? null : [.. references.Select(reference => ReferenceDocument.Of(reference))]
        );
}

/// <summary>A reference as printed; the vector only where everything is asked for.</summary>
internal sealed record ReferenceDocument(
    Guid Id,
    string? Source,
    string? SourceHash,
    double? Quality,
    double Norm,
    bool Crop,
    DateTimeOffset EnrolledAt,
    string? CropFile,
    IReadOnlyList<float>? Vector
)
{
    public static ReferenceDocument Of(FaceReference reference, string? cropFile = null, bool withVector = false) =>
        new(
            reference.Id,
            reference.Source,
            reference.SourceHash,
            reference.Quality,
            Math.Round(reference.Norm, 3),
            reference.HasCrop,
            reference.EnrolledAt,
            cropFile,
            withVector ? reference.Vector.ToArray() : null
        );
}

/// <summary>An audit entry as printed.</summary>
internal sealed record AuditDocument(
    long Sequence,
    DateTimeOffset At,
    AuditAction Action,
    Guid? PersonId,
    int References,
    string? Detail,
    string PreviousHash,
    string Hash,
    string? Actor,
    string? Request,
    string? Digest
)
{
    public static AuditDocument Of(AuditEntry entry) =>
        new(
            entry.Sequence,
            entry.Event.At,
            entry.Event.Action,
            entry.Event.PersonId,
            entry.Event.References,
            entry.Event.Detail,
            entry.PreviousHash,
            entry.Hash,
            entry.Event.Actor,
            entry.Event.Request,
            entry.Event.Digest
        );
}

/// <summary>Whether a picture shows a person, as printed.</summary>
internal sealed record PersonVerificationDocument(
    string Input,
    Guid Id,
    string Name,
    bool Match,
    double Similarity,
    double Threshold,
    double? FalseMatchRate,
    double? Probability,
    Guid? Reference
)
{
    public static PersonVerificationDocument Of(PersonVerification answer, string input) =>
        new(
            input,
            answer.Person.Id,
            answer.Person.Name,
            answer.Decision.Match,
            Math.Round(answer.Decision.Similarity, 4),
            Math.Round(answer.Decision.Threshold, 4),
            answer.Decision.FalseMatchRate,
            answer.Decision.Probability is { } probability ? Math.Round(probability, 6) : null,
            answer.ReferenceId
        );
}

/// <summary>A photograph that was not enrolled.</summary>
internal sealed record RejectedDocument(string File, string? Person, IReadOnlyList<Semblance.Gallery.Enrolling.Rejection> Reasons);
