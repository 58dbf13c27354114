using Semblance.Gallery.Audit;

namespace Semblance.Server.Api;

/// <summary>Proves later that something was done: keep it elsewhere.</summary>
/// <param name="Sequence">Number of the audit entry.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">When.</param>
/// <param name="Text">Both as <c>gallery audit --receipt</c> takes them.</param>
internal sealed record ReceiptDocument(long Sequence, string Hash, DateTimeOffset At, string Text)
{
    public static ReceiptDocument Of(AuditEntry entry) => new(entry.Sequence, entry.Hash, entry.Event.At, entry.Head.ToString());
}
