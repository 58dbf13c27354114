using Microsoft.Data.Sqlite;

namespace Semblance.Gallery.Sqlite;

/// <summary>Short forms for running SQL.</summary>
internal static class SqliteCommands
{
    /// <summary>A command with its parameters; null becomes NULL.</summary>
    public static SqliteCommand Command(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    /// <summary>Runs SQL.</summary>
    /// <returns>Rows changed.</returns>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The whole number that a query gives. A column has one when it holds one: SQLite keeps whatever somebody writes.</summary>
    /// <exception cref="GalleryDamagedException">What stands there is none.</exception>
    public static long ReadInteger(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        using SqliteCommand command = connection.Command(sql, parameters);
        return command.ExecuteScalar() is long number
            ? number
            : throw new GalleryDamagedException(connection.DataSource, $"table {TableOf(sql)}", "a whole number is missing");
    }

    /// <summary>The first table that a query reads.</summary>
    private static string TableOf(string sql)
    {
        const string From = "FROM ";
        int start = sql.IndexOf(From, StringComparison.Ordinal) + From.Length;
        return start < From.Length ? "?" : sql[start..].Split(' ', 2)[0];
    }

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Text(column);

    /// <summary>A text; bytes in its place would be read as one.</summary>
    public static string Text(this SqliteDataReader row, int column) =>
        row.GetFieldType(column) == typeof(string) ? row.GetString(column) : throw new InvalidCastException();

    public static Guid Id(this SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    /// <summary>Sixteen bytes that sort as the id does.</summary>
    public static byte[] ToKey(this Guid id) => id.ToByteArray(bigEndian: true);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
