using Npgsql;
using NpgsqlTypes;
using Semblance.Gallery.Audit;

namespace Semblance.Gallery.Postgres;

/// <summary>Audit entries as rows of the table <c>audit</c>.</summary>
internal static class AuditRows
{
    public const string Columns =
        "sequence, at, action, person_id, reference_count, detail, previous_hash, hash, actor, request, digest, seal";

    public static AuditEntry Read(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            new(
                row.GetFieldValue<DateTimeOffset>(1),
                // An action that is not known is an altered entry; it stays in the list and fails the check of its hash.
                Enum.TryParse(row.GetString(2), out AuditAction action)
                    ? action
                    : (AuditAction)(-1),
                row.IsDBNull(3) ? null : row.GetGuid(3),
                row.GetInt32(4),
                row.IsDBNull(5) ? null : row.GetString(5)
            )
            {
                Actor = row.IsDBNull(8) ? null : row.GetString(8),
                Request = row.IsDBNull(9) ? null : row.GetString(9),
                Digest = row.IsDBNull(10) ? null : row.GetString(10),
            },
            row.GetString(6),
            row.GetString(7)
        )
        {
            Seal = row.IsDBNull(11) ? null : row.GetString(11),
        };

    /// <summary>Parameters $1 to $12 in the order of <see cref="Columns"/>.</summary>
    public static NpgsqlParameter[] Parameters(AuditEntry entry) =>
        [
            new() { Value = entry.Sequence },
            Sql.Time(entry.Event.At),
            new() { Value = entry.Event.Action.ToString() },
            new() { Value = (object?)entry.Event.PersonId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new() { Value = entry.Event.References },
            Sql.Text(entry.Event.Detail),
            new() { Value = entry.PreviousHash },
            new() { Value = entry.Hash },
            Sql.Text(entry.Event.Actor),
            Sql.Text(entry.Event.Request),
            Sql.Text(entry.Event.Digest),
            Sql.Text(entry.Seal),
        ];

    /// <summary>Writes a row of a binary COPY.</summary>
    public static async Task CopyAsync(NpgsqlBinaryImporter copy, AuditEntry entry, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(entry.Sequence, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
        await Sql.CopyTimeAsync(copy, entry.Event.At, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(entry.Event.Action.ToString(), NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        if (entry.Event.PersonId is { } person)
            await copy.WriteAsync(person, NpgsqlDbType.Uuid, cancellationToken).ConfigureAwait(false);
        else
            await copy.WriteNullAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(entry.Event.References, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(entry.Event.Detail, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(entry.PreviousHash, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(entry.Hash, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        foreach (string? text in (string?[])[entry.Event.Actor, entry.Event.Request, entry.Event.Digest, entry.Seal])
            await copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
    }
}
