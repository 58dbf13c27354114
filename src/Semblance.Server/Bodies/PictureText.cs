using System.Diagnostics.CodeAnalysis;
using System.Text;
using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>Pictures that come as text: base64, or a <c>data:</c> URI of it. Addresses and paths are never opened.</summary>
internal static class PictureText
{
    /// <summary>Decodes a text.</summary>
    /// <param name="text">Base64 or a data URI.</param>
    /// <param name="field">Its field, for messages.</param>
    /// <exception cref="RequestException">It is neither.</exception>
    public static byte[] Decode(string text, string field)
    {
        ReadOnlySpan<char> encoded = text.AsSpan().Trim();
        if (encoded.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            int comma = encoded.IndexOf(',');
            if (comma < 0 || !encoded[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
                throw RequestException.BadRequest($"the data URI in '{field}' is not base64");
            encoded = encoded[(comma + 1)..];
        }
        else if (encoded.Contains("://", StringComparison.Ordinal))
            throw RequestException.BadRequest($"'{field}' is an address; this service opens none, send the picture itself");
        if (encoded.IsEmpty)
            throw RequestException.BadRequest($"'{field}' is empty");
        byte[] bytes = new byte[encoded.Length / 4 * 3 + 3];
        if (Convert.TryFromBase64Chars(encoded, bytes, out int written))
            return bytes[..written];
        throw RequestException.BadRequest($"'{field}' is no base64; send the picture as a file, in base64 or as a data: URI, not its path");
    }

    /// <summary>Whether bytes that were sent as a field without a file name are a picture written as text.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, string field, [NotNullWhen(true)] out byte[]? picture)
    {
        picture = null;
        ReadOnlySpan<byte> start = bytes.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty || start[..Math.Min(64, start.Length)].ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return false;
        picture = Decode(Encoding.ASCII.GetString(start), field);
        return true;
    }
}
