using System.Globalization;
using System.Text;

namespace Semblance.Writing;

/// <summary>
/// Text that shows what it is. Control characters steer a terminal, bidirectional controls and separators rearrange what is read, and tag
/// characters are not seen at all: none of them belongs into a name, and none reaches a screen as it is. Joiners (U+200C, U+200D) stay:
/// names in Persian and Indic scripts need them.
/// </summary>
public static class PlainText
{
    private const int FirstTag = 0xE0000,
        LastTag = 0xE007F;

    /// <summary>Says which character makes a text unfit for a name, a reference or a value that is kept.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The first such character, e.g. <c>U+202E, which changes the direction of writing</c>; null where there is none.</returns>
    public static string? FindForbidden(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; )
        {
            if (Rune.DecodeFromUtf16(text[i..], out Rune rune, out int length) != System.Buffers.OperationStatus.Done)
                return $"half a character (U+{(int)text[i]:X4})";
            if (KindOf(rune) is { } kind)
                return $"U+{rune.Value:X4}, {kind}";
            i += length;
        }
        return null;
    }

    /// <summary>Writes what <see cref="FindForbidden"/> finds as <c>\uXXXX</c>, line breaks and tabs included.</summary>
    public static string Escape(string text) => Escape(text, "");

    /// <summary>Writes what <see cref="FindForbidden"/> finds as <c>\uXXXX</c>, which means the same within JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kept">Control characters that stay, e.g. line breaks of text of several lines.</param>
    public static string Escape(string text, ReadOnlySpan<char> kept)
    {
        ArgumentNullException.ThrowIfNull(text);
        int clean = CountClean(text, kept);
        if (clean == text.Length)
            return text;
        StringBuilder written = new(text, 0, clean, text.Length + 16);
        for (int i = clean; i < text.Length; )
        {
            bool whole = Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
            if (whole && (KindOf(rune) is null || (rune.IsBmp && kept.Contains((char)rune.Value))))
                written.Append(text, i, length);
            else
                foreach (char unit in text.AsSpan(i, length))
                    written.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            i += length;
        }
        return written.ToString();
    }

    private static int CountClean(ReadOnlySpan<char> text, ReadOnlySpan<char> kept)
    {
        for (int i = 0; i < text.Length; )
        {
            char first = text[i];
            if (first is >= ' ' and < (char)0x7F || kept.Contains(first))
            {
                i++;
                continue;
            }
            if (Rune.DecodeFromUtf16(text[i..], out Rune rune, out int length) != System.Buffers.OperationStatus.Done)
                return i;
            if (KindOf(rune) is not null)
                return i;
            i += length;
        }
        return text.Length;
    }

    /// <summary>What is wrong with a character; null for nothing. Bidirectional controls are those of Unicode's property
    /// Bidi_Control.</summary>
    private static string? KindOf(Rune rune) =>
        rune.Value switch
        {
            < 0x20 or (>= 0x7F and < 0xA0) => "a control character",
            0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) =>
                "which changes the direction of writing",
            0x2028 or 0x2029 => "a line separator",
            >= FirstTag and <= LastTag => "an invisible tag",
            0xFEFF or (>= 0xFFF9 and <= 0xFFFB) => "an invisible mark",
            _ => null,
        };
}
