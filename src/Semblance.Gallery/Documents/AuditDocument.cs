using Semblance.Gallery.Audit;

namespace Semblance.Gallery.Documents;

/// <summary>An entry of the audit log as every program prints and answers it.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="At">When.</param>
/// <param name="Action">What was done.</param>
/// <param name="PersonId">To whom; null for the whole gallery.</param>
/// <param name="References">How many references it concerned.</param>
/// <param name="Detail">In words.</param>
/// <param name="Actor">Who asked.</param>
/// <param name="Request">Id of the request.</param>
/// <param name="Digest">Of what was held about the person afterwards.</param>
/// <param name="PreviousHash">Of the entry before.</param>
/// <param name="Hash">Its own.</param>
public sealed record AuditDocument(
    long Sequence,
    DateTimeOffset At,
    AuditAction Action,
    Guid? PersonId,
    int References,
    string? Detail,
    string? Actor,
    string? Request,
    string? Digest,
    string PreviousHash,
    string Hash
)
{
    /// <summary>The entry.</summary>
    public static AuditDocument Of(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(
            entry.Sequence,
            entry.Event.At,
            entry.Event.Action,
            entry.Event.PersonId,
            entry.Event.References,
            entry.Event.Detail,
            entry.Event.Actor,
            entry.Event.Request,
            entry.Event.Digest,
            entry.PreviousHash,
            entry.Hash
        );
    }
}
