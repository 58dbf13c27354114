using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Semblance.Gallery.Audit;

/// <summary>Chains events by hash, so that none can be altered, left out or reordered without altering all that follow.</summary>
public static class AuditChain
{
    internal const int HashLength = 64;

    /// <summary>What the creation's entry says of a gallery that is encrypted.</summary>
    internal const string EncryptedMark = "encrypted";

    /// <summary>What the creation's entry says of a gallery that takes nobody without a consent reference.</summary>
    internal const string ConsentMark = "consent required";

    /// <summary>What the first entry is chained to.</summary>
    public static AuditHead Start { get; } = new(0, new string('0', HashLength));

    /// <summary>The entry that follows.</summary>
    /// <param name="head">The newest entry; null before the first.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="digest">Seals the entry where it has a secret; null for no seal.</param>
    public static AuditEntry Next(AuditHead? head, AuditEvent happened, RecordDigest? digest = null)
    {
        ArgumentNullException.ThrowIfNull(happened);
        head ??= Start;
        AuditEvent kept = happened with { At = DateTimeOffset.FromUnixTimeMilliseconds(happened.At.ToUnixTimeMilliseconds()) };
        string hash = HashOf(head.Sequence + 1, kept, head.Hash);
        return new(head.Sequence + 1, kept, head.Hash, hash) { Seal = digest?.SealOf(hash) };
    }

    /// <summary>The entry that every log begins with.</summary>
    /// <param name="settings">What the gallery is created with.</param>
    /// <param name="at">When.</param>
    /// <param name="actor">By whom.</param>
    /// <param name="digest">Seals the entry where it has a secret.</param>
    public static AuditEntry Creation(GallerySettings settings, DateTimeOffset at, AuditActor actor, RecordDigest digest)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(actor);
        string detail =
            $"embedder {settings.Contract.Embedder}{(settings.RequireConsent ? ", " + ConsentMark : "")}"
            + (settings.Encrypted ? ", " + EncryptedMark : "");
        return Next(null, new(at, AuditAction.Created, null, 0, detail) { Actor = actor.Name, Request = actor.Request }, digest);
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

    /// <summary>Whether an entry says that the gallery was made encrypted.</summary>
    internal static bool SaysEncrypted(AuditEntry first) =>
        first.Event.Detail?.EndsWith(", " + EncryptedMark, StringComparison.Ordinal) == true;

    /// <summary>Whether an entry says that the gallery was made for people with a consent reference alone.</summary>
    internal static bool SaysConsentRequired(AuditEntry first) => first.Event.Detail?.Split(", ").Contains(ConsentMark) == true;

    private static string HashOf(long sequence, AuditEvent e, string previous)
    {
        // Lengths stand before texts, so that no two entries have the same bytes.
        string detail = e.Detail ?? "",
            basic = string.Create(
                CultureInfo.InvariantCulture,
                $"{previous}|{sequence}|{e.At.ToUnixTimeMilliseconds()}|{e.Action}|{e.PersonId?.ToString("N")}|"
                    + $"{e.References}|{detail.Length}|{detail}"
            );
        // Entries of before there were actors, requests and digests keep their hash.
        string text =
            e.Actor is null && e.Request is null && e.Digest is null
                ? $"semblance-audit-1|{basic}"
                : $"semblance-audit-2|{basic}|{Sized(e.Actor)}|{Sized(e.Request)}|{Sized(e.Digest)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Sized(string? text) => text is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{text.Length}|{text}");
}
