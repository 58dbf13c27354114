using System.Globalization;

namespace Semblance.Gallery.Changing;

/// <summary>The notes in which is kept what changes replaced.</summary>
internal static class UndoNotes
{
    /// <summary>Kind of the notes.</summary>
    public const string Kind = "undo";

    /// <summary>Key of the note of an entry.</summary>
    public static string KeyOf(long entry) => entry.ToString(CultureInfo.InvariantCulture);
}
