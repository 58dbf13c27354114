namespace Semblance.Gallery.Audit;

/// <summary>An event chained to the one before.</summary>
/// <param name="Sequence">1 for the first.</param>
/// <param name="Event">What happened.</param>
/// <param name="PreviousHash">Hash of the entry before, lower-case hexadecimal; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 over previous hash, sequence and event.</param>
public sealed record AuditEntry(long Sequence, AuditEvent Event, string PreviousHash, string Hash)
{
    /// <summary>HMAC-SHA-256 of the hash with the secret of an encrypted gallery, so that nobody without the key can write the log anew;
    /// null in others.</summary>
    public string? Seal { get; init; }

    /// <summary>What names this entry to somebody who wants to prove later that it was there.</summary>
    public AuditHead Head => new(Sequence, Hash);
}
