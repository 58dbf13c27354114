using System.Text.Encodings.Web;

namespace Semblance.Json;

/// <summary>
/// Escapes what JSON demands and what is invisible; names in any script and emoji stay readable.
/// <see cref="JavaScriptEncoder.UnsafeRelaxedJsonEscaping"/> alone writes every character
/// above U+FFFF as two escapes.
/// </summary>
internal sealed class ReadableEncoder : JavaScriptEncoder
{
    private static readonly JavaScriptEncoder Relaxed = UnsafeRelaxedJsonEscaping;

    public override int MaxOutputCharactersPerInputCharacter => Relaxed.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar <= char.MaxValue && Relaxed.WillEncode(unicodeScalar);

    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar,
        char* buffer,
        int bufferLength,
        out int numberOfCharactersWritten
    ) => Relaxed.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (int start = 0; start < textLength; start += 2)
        {
            int found = Relaxed.FindFirstCharacterToEncode(text + start, textLength - start);
            if (found < 0)
                return -1;
            start += found;
            // Whole pairs are passed over; half a character is for the encoder to mend.
            if (start + 1 >= textLength || !char.IsSurrogatePair(text[start], text[start + 1]))
                return start;
        }
        return -1;
    }
}
