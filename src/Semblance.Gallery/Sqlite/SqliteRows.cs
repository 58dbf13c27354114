using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Semblance.Gallery.Sqlite;

/// <summary>Reads rows of a table, and names file, table and row where one cannot be what was written.</summary>
internal static class SqliteRows
{
    /// <summary>Reads all rows of a query whose first column is the row's number in the table.</summary>
    /// <exception cref="GalleryDamagedException">A row is damaged.</exception>
    public static List<T> Read<T>(SqliteCommand command, string table, Func<SqliteDataReader, T> read)
    {
        using SqliteDataReader row = command.ExecuteReader();
        List<T> rows = [];
        while (row.Read())
            rows.Add(One(command, row, table, read));
        return rows;
    }

    /// <summary>Reads the current row of a command's reader.</summary>
    /// <exception cref="GalleryDamagedException">It is damaged.</exception>
    public static T One<T>(SqliteCommand command, SqliteDataReader row, string table, Func<SqliteDataReader, T> read)
    {
        try
        {
            return read(row);
        }
        catch (Exception e)
            when (e
                    is InvalidCastException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
                        or OverflowException
                        or JsonException
                        or IndexOutOfRangeException
                || (e is GalleryException and not GalleryStorageException)
            )
        {
            throw new GalleryDamagedException(command.Connection!.DataSource, $"table {table}, row {row.GetValue(0)}", WhyOf(e), e);
        }
    }

    /// <summary>Texts of a list, kept as JSON; none for NULL.</summary>
    public static string[] Texts(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? []
        : JsonSerializer.Deserialize(row.Text(column), MetadataJson.Default.StringArray) is { } texts && !texts.Contains(null) ? texts
        : throw new FormatException("a list is null");

    /// <summary>NULL for an empty list.</summary>
    public static string? TextsOrNull(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? null : JsonSerializer.Serialize([.. texts], MetadataJson.Default.StringArray);

    private static string WhyOf(Exception e) =>
        e switch
        {
            JsonException => "a detail is no JSON",
            InvalidCastException or InvalidOperationException => "a value is missing or of another kind",
            _ => e.Message.TrimEnd('.'),
        };
}
