using System.Security.Cryptography;
using Semblance.Files;

namespace Semblance.Gallery.Privacy;

/// <summary>A 256-bit key. Keep it apart from the store, and keep it: without it nothing in the store can be read.</summary>
public sealed class EncryptionKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    private readonly byte[] _bytes;

    private EncryptionKey(byte[] bytes) => _bytes = bytes;

    /// <summary>Names the key without revealing it: the first 16 hexadecimal digits of an HMAC-SHA-256 with it.</summary>
    public string Id => Convert.ToHexStringLower(HMACSHA256.HashData(_bytes, "semblance-key-id"u8))[..16];

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A new random key.</summary>
    public static EncryptionKey Generate() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Reads a key from its text: 64 hexadecimal digits or the base64 of 32 bytes.</summary>
    /// <param name="text">The text; white space around it is ignored.</param>
    /// <param name="where">Where the text comes from, for messages; the text itself is never shown.</param>
    /// <exception cref="GalleryException">The text is no key.</exception>
    public static EncryptionKey Parse(string text, string where)
    {
        ArgumentNullException.ThrowIfNull(text);
        string key = text.Trim();
        try
        {
            byte[] bytes = key.Length == 2 * Size ? Convert.FromHexString(key) : Convert.FromBase64String(key);
            if (bytes.Length == Size)
                return new(bytes);
        }
        catch (FormatException) { }
        throw new GalleryException(
            $"{where} holds no key: 64 hexadecimal digits or the base64 of {Size} bytes are expected (openssl rand -hex {Size} makes one)"
        );
    }

    private const int LargestFile = 4096;

    /// <summary>Reads a key from a file.</summary>
    /// <exception cref="GalleryException">The file cannot be read or holds no key.</exception>
    public static EncryptionKey FromFile(string path)
    {
        try
        {
            return Parse(RegularFile.ReadAllText(path, LargestFile), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GalleryException($"the key file {path} cannot be read: {e.Message}", e);
        }
    }
}
