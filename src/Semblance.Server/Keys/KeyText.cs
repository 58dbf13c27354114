using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Semblance.Server.Keys;

/// <summary>The text of keys: <c>smb_ID_SECRET</c> with 256 random bits, or for CompreFace's clients a GUID of 128 random bits.</summary>
internal static class KeyText
{
    private const string Prefix = "smb_";
    private const int SecretBytes = 32,
        IdBytes = 6;

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    public static string New(string id) => $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";

    /// <summary>All 128 bits are random, also those that would say which kind of GUID it is.</summary>
    public static string NewGuidShaped() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString("d");

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The id within a text; null for one without.</summary>
    public static string? IdOf(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length < Prefix.Length + 2 * IdBytes + 1)
            return null;
        return text[Prefix.Length + 2 * IdBytes] == '_' ? text.Substring(Prefix.Length, 2 * IdBytes) : null;
    }
}
