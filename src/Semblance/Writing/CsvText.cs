using System.Buffers;

namespace Semblance.Writing;

/// <summary>Cells of CSV files (RFC 4180) that a spreadsheet shows and does not run.</summary>
public static class CsvText
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\"\n\r\t");

    /// <summary>Text for one cell: quoted where it has separators, and with an apostrophe before it where a spreadsheet would take it for a
    /// formula.</summary>
    /// <param name="text">What is not a number of our own: a path, a name, a reason.</param>
    public static string Cell(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string shown = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + text : text;
        return shown.AsSpan().IndexOfAny(Separators) < 0 ? shown : $"\"{shown.Replace("\"", "\"\"")}\"";
    }
}
