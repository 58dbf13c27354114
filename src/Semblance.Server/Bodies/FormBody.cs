using System.Text;
using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>Reads <c>application/x-www-form-urlencoded</c>: pair by pair, in memory of the request.</summary>
internal static class FormBody
{
    /// <summary>The pairs; empty ones are left out.</summary>
    /// <exception cref="RequestException">There are too many, or a name is too long.</exception>
    public static List<BodyPart> Read(ReadOnlySpan<byte> bytes, RequestLimits limits, RequestMemory memory)
    {
        List<BodyPart> parts = [];
        foreach (Range range in bytes.Split((byte)'&'))
        {
            ReadOnlySpan<byte> pair = bytes[range];
            if (pair.IsEmpty)
                continue;
            if (parts.Count >= limits.Parts)
                throw RequestException.TooManyParts(limits.Parts);
            int equals = pair.IndexOf((byte)'=');
            ReadOnlySpan<byte> name = equals < 0 ? pair : pair[..equals];
            if (name.Length > limits.TextBytes)
                throw new RequestException(413, "text-too-long", $"the name of a field has more than {limits.TextBytes} bytes");
            parts.Add(
                new(
                    Encoding.UTF8.GetString(Decoded(name, memory).Span),
                    null,
                    equals < 0 ? ReadOnlyMemory<byte>.Empty : Decoded(pair[(equals + 1)..], memory)
                )
            );
        }
        return parts;
    }

    private static ReadOnlyMemory<byte> Decoded(ReadOnlySpan<byte> text, RequestMemory memory)
    {
        byte[] block = memory.Pool.Rent(text.Length);
        int written = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte next = text[i];
            if (next == '%' && i + 2 < text.Length && IsHex(text[i + 1]) && IsHex(text[i + 2]))
            {
                block[written++] = (byte)((ValueOf(text[i + 1]) << 4) | ValueOf(text[i + 2]));
                i += 2;
            }
            else
                block[written++] = next == '+' ? (byte)' ' : next;
        }
        return memory.Hold(block, written);
    }

    private static bool IsHex(byte c) => char.IsAsciiHexDigit((char)c);

    private static int ValueOf(byte c) => char.IsAsciiDigit((char)c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
