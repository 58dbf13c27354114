using System.Security.Cryptography;

namespace Semblance.Gallery.Privacy;

/// <summary>
/// Seals references and crops by AES-256-GCM (NIST SP 800-38D): a random nonce of 12 bytes, the ciphertext, a tag of 16 bytes. The record,
/// its owner and what it is of the record are authenticated, so that sealed bytes cannot be moved to another record or person. Thread-safe.
/// </summary>
public sealed class PayloadCipher(EncryptionKey key)
{
    private const int NonceSize = 12,
        TagSize = 16;

    /// <summary>Bytes that sealing adds.</summary>
    public const int Overhead = NonceSize + TagSize;

    /// <summary>Encrypts.</summary>
    /// <param name="plain">What is to be kept.</param>
    /// <param name="record">The record it belongs to.</param>
    /// <param name="kind">What it is of that record.</param>
    /// <param name="owner">The person whose record it is; null for what belongs to nobody, and for what was sealed before owners were
    /// bound.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, Guid record, PayloadKind kind, Guid? owner = null)
    {
        byte[] sealedBytes = new byte[plain.Length + Overhead];
        Span<byte> nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm aes = new(key.Bytes, TagSize);
        aes.Encrypt(
            nonce,
            plain,
            sealedBytes.AsSpan(NonceSize, plain.Length),
            sealedBytes.AsSpan(NonceSize + plain.Length),
            Bind(record, kind, owner)
        );
        return sealedBytes;
    }

    /// <summary>Decrypts.</summary>
    /// <inheritdoc cref="Seal"/>
    /// <param name="sealedBytes">What <see cref="Seal"/> gave.</param>
    /// <exception cref="GalleryException">The bytes were altered, belong to another record, or were sealed with another key.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, Guid record, PayloadKind kind, Guid? owner = null)
    {
        if (sealedBytes.Length < Overhead)
            throw Altered(record, kind);
        byte[] plain = new byte[sealedBytes.Length - Overhead];
        using AesGcm aes = new(key.Bytes, TagSize);
        try
        {
            aes.Decrypt(
                sealedBytes[..NonceSize],
                sealedBytes[NonceSize..^TagSize],
                sealedBytes[^TagSize..],
                plain,
                Bind(record, kind, owner)
            );
            return plain;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw Altered(record, kind, e);
        }
    }

    private static byte[] Bind(Guid record, PayloadKind kind, Guid? owner) =>
        owner is { } id ? [.. record.ToByteArray(), (byte)kind, .. id.ToByteArray()] : [.. record.ToByteArray(), (byte)kind];

    private static GalleryException Altered(Guid record, PayloadKind kind, Exception? inner = null) =>
        new(
            $"the encrypted {kind.ToString().ToLowerInvariant()} of record {record} was altered, is another person's, "
                + $"or was sealed with another key",
            inner
        );
}

/// <summary>What is sealed.</summary>
public enum PayloadKind
{
    /// <summary>A reference's vector.</summary>
    Vector = 1,

    /// <summary>A reference's crop.</summary>
    Crop = 2,

    /// <summary>A known text, to tell a wrong key at once.</summary>
    Check = 3,

    /// <summary>The secret that digests and seals of the log are made with.</summary>
    Secret = 4,
}
