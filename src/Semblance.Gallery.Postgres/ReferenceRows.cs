using Npgsql;
using NpgsqlTypes;
using Pgvector;

namespace Semblance.Gallery.Postgres;

/// <summary>References as rows of the table <c>face_references</c>.</summary>
internal static class ReferenceRows
{
    public const string Columns =
        "id, person_id, ranked, norm, quality, source, source_hash, has_crop, enrolled_at, baseline, external_id, tags, locked, digest";

    public static FaceReference Read(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            PersonId = row.GetGuid(1),
            Vector = RankedVector.VectorOf(row.GetFieldValue<Vector>(2)),
            Norm = row.GetFloat(3),
            Quality = row.IsDBNull(4) ? null : row.GetDouble(4),
            Source = row.IsDBNull(5) ? null : row.GetString(5),
            SourceHash = row.IsDBNull(6) ? null : row.GetString(6),
            HasCrop = row.GetBoolean(7),
            EnrolledAt = row.GetFieldValue<DateTimeOffset>(8),
            Baseline = row.IsDBNull(9) ? null : row.GetFloat(9),
            ExternalId = row.IsDBNull(10) ? null : row.GetString(10),
            Tags = row.GetFieldValue<string[]>(11),
            Locked = row.GetBoolean(12),
            Digest = row.IsDBNull(13) ? null : row.GetString(13),
        };

    /// <summary>Parameters $1 to $14 in the order of <see cref="Columns"/>.</summary>
    public static NpgsqlParameter[] Parameters(FaceReference reference) =>
        [
            new() { Value = reference.Id },
            new() { Value = reference.PersonId },
            new() { Value = RankedVector.Of(reference) },
            new() { Value = reference.Norm },
            new() { Value = (object?)reference.Quality ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double },
            Sql.Text(reference.Source),
            Sql.Text(reference.SourceHash),
            new() { Value = reference.HasCrop },
            Sql.Time(reference.EnrolledAt),
            new() { Value = (object?)reference.Baseline ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Real },
            Sql.Text(reference.ExternalId),
            new() { Value = reference.Tags.ToArray() },
            new() { Value = reference.Locked },
            Sql.Text(reference.Digest),
        ];

    /// <summary>Writes a row of a binary COPY; the person's expiry and kind follow the columns.</summary>
    public static async Task CopyAsync(
        NpgsqlBinaryImporter copy,
        FaceReference reference,
        Person person,
        CancellationToken cancellationToken
    )
    {
        await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.Id, NpgsqlDbType.Uuid, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.PersonId, NpgsqlDbType.Uuid, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(RankedVector.Of(reference), cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.Norm, NpgsqlDbType.Real, cancellationToken).ConfigureAwait(false);
        if (reference.Quality is { } quality)
            await copy.WriteAsync(quality, NpgsqlDbType.Double, cancellationToken).ConfigureAwait(false);
        else
            await copy.WriteNullAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.Source, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.SourceHash, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.HasCrop, NpgsqlDbType.Boolean, cancellationToken).ConfigureAwait(false);
        await Sql.CopyTimeAsync(copy, reference.EnrolledAt, cancellationToken).ConfigureAwait(false);
        if (reference.Baseline is { } baseline)
            await copy.WriteAsync(baseline, NpgsqlDbType.Real, cancellationToken).ConfigureAwait(false);
        else
            await copy.WriteNullAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.ExternalId, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        await Sql.CopyTextsAsync(copy, reference.Tags, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.Locked, NpgsqlDbType.Boolean, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(reference.Digest, NpgsqlDbType.Text, cancellationToken).ConfigureAwait(false);
        await Sql.CopyTimeAsync(copy, person.ExpiresAt, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync((short)person.Kind, NpgsqlDbType.Smallint, cancellationToken).ConfigureAwait(false);
    }
}
