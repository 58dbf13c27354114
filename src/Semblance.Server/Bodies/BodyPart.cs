using System.Globalization;
using System.Text;
using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>One field of a body: a part of a multipart one, a pair of a form, or a member of a JSON object.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="FileName">The client's file name; null for none.</param>
/// <param name="Bytes">What was sent.</param>
internal sealed record BodyPart(string Name, string? FileName, ReadOnlyMemory<byte> Bytes)
{
    private const int LongestName = 200;

    /// <summary>The field as text.</summary>
    public string Text
    {
        get
        {
            try
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes.Span);
            }
            catch (ArgumentException)
            {
                throw RequestException.BadRequest($"the field '{Name}' is no text in UTF-8");
            }
        }
    }

    /// <summary>A file name without folders and without characters that are not seen, except joiners, which some scripts need.</summary>
    public string Label
    {
        get
        {
            string name = FileName is { Length: > 0 } ? FileName[(FileName.LastIndexOfAny(['/', '\\']) + 1)..] : Name;
            name = string.Concat(name.Where(IsSeen));
            return name.Length is 0 ? Name
                : name.Length > LongestName ? name[..LongestName]
                : name;
        }
    }

    private static bool IsSeen(char c) =>
        c is '\u200C' or '\u200D'
        || char.GetUnicodeCategory(c)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
