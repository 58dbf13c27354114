using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Semblance.Gallery.Audit;

/// <summary>Chains events by hash, so that none can be altered, left out or reordered without altering all that follow.</summary>
public static class AuditChain
{
    internal const int HashLength = 64;

    /// <summary>What the first entry is chained to.</summary>
    public static AuditHead Start { get; } = new(0, new string('0', HashLength));

    /// <summary>The entry that follows.</summary>
    /// <param name="head">The newest entry; null before the first.</param>
    /// <param name="happened">What happened.</param>
    public static AuditEntry Next(AuditHead? head, AuditEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        head ??= Start;
        AuditEvent kept = happened with { At = DateTimeOffset.FromUnixTimeMilliseconds(happened.At.ToUnixTimeMilliseconds()) };
        return new(head.Sequence + 1, kept, head.Hash, HashOf(head.Sequence + 1, kept, head.Hash));
    }

    /// <summary>Whether an entry follows another and is unaltered.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="before">The one before; null for the first.</param>
    public static bool Follows(AuditEntry entry, AuditHead? before)
    {
        ArgumentNullException.ThrowIfNull(entry);
        before ??= Start;
        return entry.Sequence == before.Sequence + 1
            && entry.PreviousHash == before.Hash
            && entry.Hash == HashOf(entry.Sequence, entry.Event, entry.PreviousHash);
    }

    private static string HashOf(long sequence, AuditEvent e, string previous)
    {
        // Lengths stand before texts, so that no two entries have the same bytes.
        string detail = e.Detail ?? "";
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"semblance-audit-1|{previous}|{sequence}|{e.At.ToUnixTimeMilliseconds()}|{e.Action}|{e.PersonId?.ToString("N")}|{e.References}|{detail.Length}|{detail}"
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
