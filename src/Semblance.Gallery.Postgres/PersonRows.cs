using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Semblance.Gallery.Postgres;

/// <summary>People as rows of the table <c>people</c>.</summary>
internal static class PersonRows
{
    public const string Columns =
        "id, name, metadata, consent_reference, expires_at, enrolled_at, kind, external_id, tags, cover, locked, dismissed";

    /// <summary>Number of <see cref="Columns"/>.</summary>
    public const int ColumnCount = 12;

    /// <summary>The columns of a table with an alias.</summary>
    public static string ColumnsOf(string alias) => alias + "." + Columns.Replace(", ", $", {alias}.", StringComparison.Ordinal);

    public static Person Read(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            Name = row.GetString(1),
            Metadata = PostgresJson.MetadataOf(row.GetGuid(0), row.GetString(2)),
            ConsentReference = row.IsDBNull(3) ? null : row.GetString(3),
            ExpiresAt = row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4),
            EnrolledAt = row.GetFieldValue<DateTimeOffset>(5),
            Kind =
                row.GetInt16(6) is var kind && Enum.IsDefined((PersonKind)kind)
                    ? (PersonKind)kind
                    : throw PostgresJson.Damaged(row.GetGuid(0), "the kind is not known"),
            ExternalId = row.IsDBNull(7) ? null : row.GetString(7),
            Tags = row.GetFieldValue<string[]>(8),
            Cover = row.IsDBNull(9) ? null : row.GetGuid(9),
            Locked = row.GetBoolean(10),
            Dismissed = row.GetFieldValue<string[]>(11),
        };

    /// <summary>Parameters $1 to $12 in the order of <see cref="Columns"/>.</summary>
    public static NpgsqlParameter[] Parameters(Person person) =>
        [
            new() { Value = person.Id },
            new() { Value = person.Name },
            new() { Value = MetadataOf(person), NpgsqlDbType = NpgsqlDbType.Jsonb },
            Sql.Text(person.ConsentReference),
            Sql.Time(person.ExpiresAt),
            Sql.Time(person.EnrolledAt),
            new() { Value = (short)person.Kind },
            Sql.Text(person.ExternalId),
            new() { Value = person.Tags.ToArray() },
            new() { Value = (object?)person.Cover ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new() { Value = person.Locked },
            new() { Value = person.Dismissed.ToArray() },
        ];

    /// <summary>Writes a row of a binary COPY.</summary>
    public static async Task CopyAsync(NpgsqlBinaryImporter copy, Person person, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(person.Id, NpgsqlDbType.Uuid, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(person.Name, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(MetadataOf(person), NpgsqlDbType.Jsonb, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(person.ConsentReference, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        await Sql.CopyTimeAsync(copy, person.ExpiresAt, cancellationToken).ConfigureAwait(false);
        await Sql.CopyTimeAsync(copy, person.EnrolledAt, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync((short)person.Kind, NpgsqlDbType.Smallint, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(person.ExternalId, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        await Sql.CopyTextsAsync(copy, person.Tags, cancellationToken).ConfigureAwait(false);
        if (person.Cover is { } cover)
            await copy.WriteAsync(cover, NpgsqlDbType.Uuid, cancellationToken).ConfigureAwait(false);
        else
            await copy.WriteNullAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(person.Locked, NpgsqlDbType.Boolean, cancellationToken).ConfigureAwait(false);
        await Sql.CopyTextsAsync(copy, person.Dismissed, cancellationToken).ConfigureAwait(false);
    }

    private static string MetadataOf(Person person) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(person.Metadata), PostgresJson.Default.DictionaryStringString);
}
