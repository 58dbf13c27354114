namespace Semblance.Client;

/// <summary>Proves later that something was removed; keep it elsewhere.</summary>
/// <param name="Sequence">Number of the audit entry.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">When.</param>
/// <param name="Text">Both as one text.</param>
public sealed record Receipt(long Sequence, string Hash, DateTimeOffset At, string Text);
