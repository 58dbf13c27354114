using Npgsql;
using NpgsqlTypes;

namespace Semblance.Gallery.Postgres;

/// <summary>Values that may be null, as the server wants them.</summary>
internal static class Sql
{
    public static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Id(Guid? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    /// <summary>The server keeps times in UTC.</summary>
    public static NpgsqlParameter Time(DateTimeOffset? value) =>
        new() { Value = (object?)value?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static Task CopyTextsAsync(NpgsqlBinaryImporter copy, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        copy.WriteAsync(texts.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);

    public static Task CopyTimeAsync(NpgsqlBinaryImporter copy, DateTimeOffset? value, CancellationToken cancellationToken) =>
        value is { } time
            ? copy.WriteAsync(time.ToUniversalTime(), NpgsqlDbType.TimestampTz, cancellationToken)
            : copy.WriteNullAsync(cancellationToken);
}
