using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Semblance.Gallery.Postgres;

/// <summary>People as rows of the table <c>people</c>.</summary>
internal static class PersonRows
{
    public const string Columns = "id, name, metadata, consent_reference, expires_at, enrolled_at";

    public static Person Read(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            Name = row.GetString(1),
            Metadata = JsonSerializer.Deserialize(row.GetString(2), PostgresJson.Default.DictionaryStringString)!,
            ConsentReference = row.IsDBNull(3) ? null : row.GetString(3),
            ExpiresAt = row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4),
            EnrolledAt = row.GetFieldValue<DateTimeOffset>(5),
        };

    /// <summary>Parameters $1 to $6 in the order of <see cref="Columns"/>.</summary>
    public static NpgsqlParameter[] Parameters(Person person) =>
        [
            new() { Value = person.Id },
            new() { Value = person.Name },
            new() { Value = MetadataOf(person), NpgsqlDbType = NpgsqlDbType.Jsonb },
            Sql.Text(person.ConsentReference),
            Sql.Time(person.ExpiresAt),
            Sql.Time(person.EnrolledAt),
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
    }

    private static string MetadataOf(Person person) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(person.Metadata), PostgresJson.Default.DictionaryStringString);
}
