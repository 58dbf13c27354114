using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>Pictures that come as text: base64, or a <c>data:</c> URI of it. Addresses and paths are never opened.</summary>
internal static class PictureText
{
    private static ReadOnlySpan<byte> Blank => " \t\r\n"u8;

    /// <summary>Decodes a text of JSON.</summary>
    /// <param name="text">Base64 or a data URI.</param>
    /// <param name="field">Its field, for messages.</param>
    /// <param name="memory">Takes the bytes.</param>
    /// <exception cref="RequestException">It is neither.</exception>
    public static ReadOnlyMemory<byte> Decode(JsonElement text, string field, RequestMemory memory)
    {
        ReadOnlySpan<byte> quoted = JsonMarshal.GetRawUtf8Value(text);
        // Some write '/' as '\/'.
        return quoted.Contains((byte)'\\')
            ? Decode(Encoding.UTF8.GetBytes(text.GetString()!), field, memory)
            : Decode(quoted[1..^1], field, memory);
    }

    /// <inheritdoc cref="Decode(JsonElement, string, RequestMemory)"/>
    public static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> text, string field, RequestMemory memory)
    {
        ReadOnlySpan<byte> encoded = text.Trim(Blank);
        if (encoded.Length >= 5 && Ascii.EqualsIgnoreCase(encoded[..5], "data:"u8))
        {
            int comma = encoded.IndexOf((byte)',');
            if (comma < 0 || !IsBase64(encoded[..comma]))
                throw RequestException.BadRequest($"the data URI in '{field}' is not base64");
            encoded = encoded[(comma + 1)..];
        }
        else if (encoded.IndexOf("://"u8) >= 0)
            throw RequestException.BadRequest($"'{field}' is an address; this service opens none, send the picture itself");
        if (encoded.IsEmpty)
            throw RequestException.BadRequest($"'{field}' is empty");
        byte[] block = memory.Pool.Rent(Base64.GetMaxDecodedFromUtf8Length(encoded.Length));
        OperationStatus status = Base64.DecodeFromUtf8(encoded, block, out _, out int written);
        if (status == OperationStatus.Done)
            return memory.Hold(block, written);
        memory.Pool.Return(block, block.Length);
        throw RequestException.BadRequest($"'{field}' is no base64; send the picture as a file, in base64 or as a data: URI, not its path");
    }

    /// <summary>Whether bytes that were sent as a field without a file name are a picture written as text.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, string field, RequestMemory memory, out ReadOnlyMemory<byte> picture)
    {
        picture = default;
        ReadOnlySpan<byte> start = bytes.TrimStart(Blank);
        if (start.IsEmpty || start[..Math.Min(64, start.Length)].ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return false;
        picture = Decode(start, field, memory);
        return true;
    }

    private static bool IsBase64(ReadOnlySpan<byte> header) => header.Length >= 7 && Ascii.EqualsIgnoreCase(header[^7..], ";base64"u8);
}
