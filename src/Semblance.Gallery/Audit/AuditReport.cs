namespace Semblance.Gallery.Audit;

/// <summary>What a check of the audit log found.</summary>
/// <param name="Entries">Entries of the log.</param>
/// <param name="Head">The newest; keep it elsewhere to prove later that nothing was cut off. Null for an empty log.</param>
/// <param name="Problems">What is wrong, in words; empty when nothing is.</param>
public sealed record AuditReport(long Entries, AuditHead? Head, IReadOnlyList<string> Problems)
{
    /// <summary>People whom the log does not bind, because they were enrolled before there were digests: nobody can say whether they were
    /// altered. An upgrade binds them.</summary>
    public long Unbound { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsIntact => Problems.Count == 0;
}
