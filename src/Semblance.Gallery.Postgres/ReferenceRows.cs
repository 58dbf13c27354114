using Npgsql;
using NpgsqlTypes;
using Pgvector;

namespace Semblance.Gallery.Postgres;

/// <summary>References as rows of the table <c>face_references</c>.</summary>
internal static class ReferenceRows
{
    public const string Columns = "id, person_id, vector, norm, quality, source, source_hash, has_crop, enrolled_at";

    public static FaceReference Read(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            PersonId = row.GetGuid(1),
            Vector = row.GetFieldValue<Vector>(2).Memory,
            Norm = row.GetFloat(3),
            Quality = row.IsDBNull(4) ? null : row.GetDouble(4),
            Source = row.IsDBNull(5) ? null : row.GetString(5),
            SourceHash = row.IsDBNull(6) ? null : row.GetString(6),
            HasCrop = row.GetBoolean(7),
            EnrolledAt = row.GetFieldValue<DateTimeOffset>(8),
        };

    /// <summary>Parameters $1 to $9 in the order of <see cref="Columns"/>.</summary>
    public static NpgsqlParameter[] Parameters(FaceReference reference) =>
        [
            new() { Value = reference.Id },
            new() { Value = reference.PersonId },
            new() { Value = new Vector(reference.Vector) },
            new() { Value = reference.Norm },
            new() { Value = (object?)reference.Quality ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double },
            Sql.Text(reference.Source),
            Sql.Text(reference.SourceHash),
            new() { Value = reference.HasCrop },
            Sql.Time(reference.EnrolledAt),
        ];

    /// <summary>Writes a row of a binary COPY; the person's expiry follows the columns.</summary>
    public static async Task CopyAsync(
        NpgsqlBinaryImporter copy,
        FaceReference reference,
        DateTimeOffset? expiresAt,
        CancellationToken cancellationToken
    )
    {
        await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.Id, NpgsqlDbType.Uuid, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.PersonId, NpgsqlDbType.Uuid, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(new Vector(reference.Vector), cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.Norm, NpgsqlDbType.Real, cancellationToken).ConfigureAwait(false);
        if (reference.Quality is { } quality)
            await copy.WriteAsync(quality, NpgsqlDbType.Double, cancellationToken).ConfigureAwait(false);
        else
            await copy.WriteNullAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.Source, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.SourceHash, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.HasCrop, NpgsqlDbType.Boolean, cancellationToken).ConfigureAwait(false);
        await Sql.CopyTimeAsync(copy, reference.EnrolledAt, cancellationToken).ConfigureAwait(false);
        await Sql.CopyTimeAsync(copy, expiresAt, cancellationToken).ConfigureAwait(false);
    }
}
