using System.Text;

namespace Semblance.Files;

/// <summary>Names of files and folders that every system takes.</summary>
public static class FileNames
{
    private const int Longest = 100;

    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>A name made from a text, such as that of a person: what no system or only some take is replaced by an underscore.</summary>
    /// <param name="text">The text.</param>
    /// <param name="otherwise">The name where nothing is left of the text.</param>
    public static string From(string text, string otherwise)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder name = new();
        foreach (Rune rune in text.Trim().EnumerateRunes())
        {
            if (name.Length + rune.Utf16SequenceLength > Longest)
                break;
            if (Rune.IsControl(rune) || "\\/:*?\"<>|".Contains(rune.ToString(), StringComparison.Ordinal))
                name.Append('_');
            else
                name.Append(rune);
        }
        string cleaned = name.ToString().Trim().TrimEnd('.', ' ').TrimStart('.');
        if (cleaned.All(c => c is '_' or ' '))
            return otherwise;
        return Devices.Contains(cleaned.Split('.')[0]) ? "_" + cleaned : cleaned;
    }
}
