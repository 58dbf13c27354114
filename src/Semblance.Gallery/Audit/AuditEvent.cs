namespace Semblance.Gallery.Audit;

/// <summary>Something that happened to a gallery. Carries no names, so that the log may stay when the person is gone.</summary>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Action">What.</param>
/// <param name="PersonId">To whom; null when it is about the gallery.</param>
/// <param name="References">How many references it is about.</param>
/// <param name="Detail">More, in words; no personal data.</param>
public sealed record AuditEvent(DateTimeOffset At, AuditAction Action, Guid? PersonId, int References, string? Detail)
{
    /// <summary>Who asked for it; null when not told.</summary>
    public string? Actor { get; init; }

    /// <summary>Id of the request that asked for it; null when there is none.</summary>
    public string? Request { get; init; }

    /// <summary>What was held about the person afterwards, as a digest of details and references (<see cref="RecordDigest"/>); null where
    /// nothing changed or nothing is left.</summary>
    public string? Digest { get; init; }
}
