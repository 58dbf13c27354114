using Semblance.Gallery.Audit;

namespace Semblance.Server.Api;

/// <summary>An audit entry as answered.</summary>
internal sealed record AuditDocument(
    long Sequence,
    DateTimeOffset At,
    AuditAction Action,
    Guid? PersonId,
    int References,
    string? Detail,
    string? Actor,
    string? Request,
    string PreviousHash,
    string Hash
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
            entry.Event.Actor,
            entry.Event.Request,
            entry.PreviousHash,
            entry.Hash
        );
}

/// <summary>Proves later that something was done: keep it elsewhere.</summary>
/// <param name="Sequence">Number of the audit entry.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">When.</param>
/// <param name="Text">Both as <c>gallery audit --receipt</c> takes them.</param>
internal sealed record ReceiptDocument(long Sequence, string Hash, DateTimeOffset At, string Text)
{
    public static ReceiptDocument Of(AuditEntry entry) => new(entry.Sequence, entry.Hash, entry.Event.At, entry.Head.ToString());
}
