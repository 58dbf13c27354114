using System.Globalization;
using System.Text;

namespace Semblance.Gallery;

/// <summary>
/// What may be written about a person: text that no terminal, list or page is misled by. Refused are control characters, bidirectional
/// controls, tag characters, the separators U+2028 and U+2029, and half surrogate pairs; joiners, which names of several scripts need,
/// stay.
/// </summary>
public static class PersonText
{
    /// <summary>Characters (UTF-16 code units) of the longest outside id or tag.</summary>
    public const int LongestId = 200;

    /// <summary>Characters (UTF-16 code units) of the longest consent reference or detail.</summary>
    public const int LongestDetail = 4000;

    /// <summary>Most tags of a person or reference.</summary>
    public const int MostTags = 50;

    /// <summary>Most details (pairs of metadata) of a person.</summary>
    public const int MostDetails = 100;

    /// <summary>Checks everything that is written about somebody new.</summary>
    /// <exception cref="GalleryException">Something is not possible; the message names it.</exception>
    public static void Check(PersonDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        PersonName.Check(draft.Name);
        CheckText("the consent reference", draft.ConsentReference, LongestDetail);
        CheckCount(draft.Metadata.Count);
        CheckMetadata(draft.Metadata);
        Check(draft.ExternalId, draft.Tags);
    }

    /// <summary>Checks what a change wrote anew; what was held before may stay.</summary>
    /// <exception cref="GalleryException">Something is not possible; the message names it.</exception>
    internal static void CheckChange(Person before, Person after)
    {
        if (after.Name != before.Name || after.Kind != before.Kind)
            PersonName.Check(after.Name);
        if (after.ConsentReference != before.ConsentReference)
            CheckText("the consent reference", after.ConsentReference, LongestDetail);
        if (after.Metadata.Count > before.Metadata.Count)
            CheckCount(after.Metadata.Count);
        CheckMetadata(after.Metadata.Where(pair => !before.Metadata.TryGetValue(pair.Key, out string? held) || held != pair.Value));
        if (after.ExternalId != before.ExternalId || !after.Tags.SequenceEqual(before.Tags))
            Check(after.ExternalId, after.Tags);
    }

    /// <summary>Checks an outside id and tags.</summary>
    /// <exception cref="GalleryException">Something is not possible; the message names it.</exception>
    internal static void Check(string? externalId, IReadOnlyList<string> tags)
    {
        CheckText("the outside id", externalId, LongestId);
        if (externalId is not null && string.IsNullOrWhiteSpace(externalId))
            throw new GalleryException("an outside id is not empty");
        if (tags.Count > MostTags)
            throw new GalleryException(FormattableString.Invariant($"{tags.Count} tags are too many; {MostTags} are possible"));
        foreach (string tag in tags)
        {
            CheckText("the tag", tag, LongestId);
            if (string.IsNullOrWhiteSpace(tag))
                throw new GalleryException("a tag is not empty");
        }
    }

    /// <summary>Checks what somebody wrote about where a reference comes from.</summary>
    /// <exception cref="GalleryException">It is not possible; the message says why.</exception>
    internal static void CheckSource(string? source) => CheckText("the source", source, LongestDetail);

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    internal static string? ProblemOf(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
            if (IsRefused(rune))
                return FormattableString.Invariant($"it has the character U+{rune.Value:X4}, which would mislead whoever reads it");
        return null;
    }

    private static void CheckCount(int details)
    {
        if (details > MostDetails)
            throw new GalleryException(FormattableString.Invariant($"{details} details are too many; {MostDetails} are possible"));
    }

    private static void CheckMetadata(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        foreach ((string key, string value) in metadata)
        {
            CheckText("a detail's key", key, LongestId);
            CheckText($"the detail '{(ProblemOf(key) is null ? key : "?")}'", value, LongestDetail);
        }
    }

    private static void CheckText(string what, string? text, int longest)
    {
        if (text is null)
            return;
        if (text.Length > longest)
            throw new GalleryException(FormattableString.Invariant($"{what} has {text.Length} characters; {longest} are possible"));
        if (ProblemOf(text) is { } problem)
            throw new GalleryException($"{what} cannot be kept: {problem}");
    }

    private static bool IsRefused(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        // Bidirectional controls (UAX 9) and tags (Unicode 23.9).
        || rune.Value
            is 0x061C
                or 0x200E
                or 0x200F
                or (>= 0x202A and <= 0x202E)
                or (>= 0x2066 and <= 0x2069)
                or (>= 0xE0000 and <= 0xE007F);
}
