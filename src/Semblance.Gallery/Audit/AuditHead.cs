using System.Globalization;

namespace Semblance.Gallery.Audit;

/// <summary>Names an audit entry: the newest, or one that somebody keeps as a receipt.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Hash">Its hash.</param>
public sealed record AuditHead(long Sequence, string Hash)
{
    /// <summary><c>number:hash</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="GalleryException">The text is no receipt.</exception>
    public static AuditHead Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
            text.Split(':') is [var number, { Length: AuditChain.HashLength } hash]
            && long.TryParse(number, CultureInfo.InvariantCulture, out long sequence)
            ? new(sequence, hash)
            : throw new GalleryException($"'{text}' is no receipt; a receipt is NUMBER:HASH as printed by remove, purge and audit");
    }
}
