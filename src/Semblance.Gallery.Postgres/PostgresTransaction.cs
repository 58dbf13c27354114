using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Postgres;

/// <summary>Changes inside one transaction. People whose references changed get their templates anew before it ends.</summary>
/// <param name="session">A connection in a transaction.</param>
/// <param name="dimension">Components of the vectors that the indexes are for.</param>
internal sealed class PostgresTransaction(PostgresSession session, int dimension) : IGalleryTransaction
{
    private static readonly string[] Indexes = ["face_references_nearest", "templates_nearest_mean", "templates_nearest_norm_weighted"];

    private readonly HashSet<Guid> _changed = [];
    private int? _newDimension;

    /// <summary>The settings that were written; null when they stay.</summary>
    public GallerySettings? NewSettings { get; private set; }

    public Task<Person?> FindPersonAsync(Guid id, CancellationToken cancellationToken = default) =>
        session.FindPersonAsync(id, cancellationToken);

    public Task<IReadOnlyList<Person>> FindPeopleNamedAsync(string name, CancellationToken cancellationToken = default) =>
        session.FindPeopleNamedAsync(name, cancellationToken);

    public Task<Person?> FindPersonByExternalIdAsync(string externalId, CancellationToken cancellationToken = default) =>
        session.FindPersonByExternalIdAsync(externalId, cancellationToken);

    public Task<IReadOnlyList<FaceReference>> ReadReferencesAsync(Guid personId, CancellationToken cancellationToken = default) =>
        session.ReadReferencesAsync(personId, cancellationToken);

    public Task<FaceReference?> FindReferenceAsync(Guid id, CancellationToken cancellationToken = default) =>
        session.FindReferenceAsync(id, cancellationToken);

    public Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken = default) =>
        session.ReadCropAsync(referenceId, cancellationToken);

    public Task<AuditHead?> ReadAuditHeadAsync(CancellationToken cancellationToken = default) =>
        session.ReadAuditHeadAsync(cancellationToken);

    public Task<StoreNote?> FindNoteAsync(string kind, string key, CancellationToken cancellationToken = default) =>
        session.FindNoteAsync(kind, key, cancellationToken);

    public Task InsertPersonAsync(Person person, CancellationToken cancellationToken = default) =>
        session.ExecuteAsync(
            $"insert into {session.Schema}.people ({PersonRows.Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            cancellationToken,
            PersonRows.Parameters(person)
        );

    public async Task UpdatePersonAsync(Person person, CancellationToken cancellationToken = default)
    {
        await session
            .ExecuteAsync(
                $"update {session.Schema}.people set ({PersonRows.Columns}) = row($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
                    + $"$11, $12) where id = $1",
                cancellationToken,
                PersonRows.Parameters(person)
            )
            .ConfigureAwait(false);
        foreach (string table in (string[])["face_references", "templates"])
            await session
                .ExecuteAsync(
                    $"update {session.Schema}.{table} set expires_at = $2, kind = $3 where person_id = $1 and (expires_at is distinct from "
                        + $"$2 or kind <> $3)",
                    cancellationToken,
                    new NpgsqlParameter { Value = person.Id },
                    Sql.Time(person.ExpiresAt),
                    new NpgsqlParameter { Value = (short)person.Kind }
                )
                .ConfigureAwait(false);
    }

    public async Task<bool> RemovePersonAsync(Guid id, CancellationToken cancellationToken = default)
    {
        _changed.Remove(id);
        await session
            .ExecuteAsync(
                $"delete from {session.Schema}.notes where person_id = $1 or other_id = $1",
                cancellationToken,
                new NpgsqlParameter { Value = id }
            )
            .ConfigureAwait(false);
        return await session
                .ExecuteAsync($"delete from {session.Schema}.people where id = $1", cancellationToken, new NpgsqlParameter { Value = id })
                .ConfigureAwait(false) > 0;
    }

    public async Task InsertReferenceAsync(
        FaceReference reference,
        ReadOnlyMemory<byte> crop,
        CancellationToken cancellationToken = default
    )
    {
        await session
            .ExecuteAsync(
                $"insert into {session.Schema}.face_references ({ReferenceRows.Columns}, expires_at, kind) select $1, $2, $3, $4, $5, "
                    + $"$6, $7, $8, $9, $10, $11, $12, $13, $14, expires_at, kind from {session.Schema}.people where id = $2",
                cancellationToken,
                ReferenceRows.Parameters(reference)
            )
            .ConfigureAwait(false);
        if (!crop.IsEmpty)
            await session
                .ExecuteAsync(
                    $"insert into {session.Schema}.crops (reference_id, png) values ($1, $2)",
                    cancellationToken,
                    new NpgsqlParameter { Value = reference.Id },
                    new NpgsqlParameter { Value = crop.ToArray() }
                )
                .ConfigureAwait(false);
        _changed.Add(reference.PersonId);
    }

    public async Task UpdateReferenceAsync(FaceReference reference, CancellationToken cancellationToken = default)
    {
        await MakeRoomAsync(reference.Vector.Length, cancellationToken).ConfigureAwait(false);
        List<Guid> before = await session
            .ReadAsync(
                $"select person_id from {session.Schema}.face_references where id = $1",
                row => row.GetGuid(0),
                cancellationToken,
                new NpgsqlParameter { Value = reference.Id }
            )
            .ConfigureAwait(false);
        await session
            .ExecuteAsync(
                $"update {session.Schema}.face_references r set ({ReferenceRows.Columns}, expires_at, kind) = (select $1, $2, $3, $4, "
                    + $"$5, $6, $7, $8, $9, $10, $11, $12, $13, $14, p.expires_at, p.kind from {session.Schema}.people p where p.id = "
                    + $"$2) where r.id = $1",
                cancellationToken,
                ReferenceRows.Parameters(reference)
            )
            .ConfigureAwait(false);
        _changed.UnionWith(before);
        _changed.Add(reference.PersonId);
    }

    public async Task<bool> RemoveReferenceAsync(Guid id, CancellationToken cancellationToken = default)
    {
        List<Guid> owner = await session
            .ReadAsync(
                $"delete from {session.Schema}.face_references where id = $1 returning person_id",
                row => row.GetGuid(0),
                cancellationToken,
                new NpgsqlParameter { Value = id }
            )
            .ConfigureAwait(false);
        _changed.UnionWith(owner);
        return owner.Count > 0;
    }

    public async Task UpdateSettingsAsync(GallerySettings settings, CancellationToken cancellationToken = default)
    {
        string json = JsonSerializer.Serialize(settings, PostgresJson.Default.GallerySettings);
        await session
            .ExecuteAsync(
                $"update {session.Schema}.gallery set settings = $1",
                cancellationToken,
                new NpgsqlParameter { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb }
            )
            .ConfigureAwait(false);
        NewSettings = settings;
    }

    public async Task AppendAuditAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        await session
            .ExecuteAsync(
                $"insert into {session.Schema}.audit ({AuditRows.Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                cancellationToken,
                AuditRows.Parameters(entry)
            )
            .ConfigureAwait(false);
        await SetHeadAsync(entry.Head, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> WriteNoteAsync(StoreNote note, CancellationToken cancellationToken = default)
    {
        await session
            .ExecuteAsync(
                $"insert into {session.Schema}.notes (kind, key, at, person_id, other_id, content) values ($1, $2, $3, $4, $5, $6) on "
                    + "conflict (kind, key) do update set at = excluded.at, person_id = excluded.person_id, other_id = "
                    + "excluded.other_id, content = excluded.content",
                cancellationToken,
                new NpgsqlParameter { Value = note.Kind },
                new NpgsqlParameter { Value = note.Key },
                Sql.Time(note.At),
                Sql.Id(note.PersonId),
                Sql.Id(note.OtherId),
                new NpgsqlParameter { Value = note.Text }
            )
            .ConfigureAwait(false);
        return true;
    }

    public Task RemoveNoteAsync(string kind, string key, CancellationToken cancellationToken = default) =>
        session.ExecuteAsync(
            $"delete from {session.Schema}.notes where kind = $1 and key = $2",
            cancellationToken,
            new NpgsqlParameter { Value = kind },
            new NpgsqlParameter { Value = key }
        );

    public Task RemoveNotesAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        session.ExecuteAsync($"delete from {session.Schema}.notes where at < $1", cancellationToken, Sql.Time(before));

    /// <summary>Records the newest entry.</summary>
    public Task SetHeadAsync(AuditHead head, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"update {session.Schema}.audit_head set sequence = $1, hash = $2",
            cancellationToken,
            new NpgsqlParameter { Value = head.Sequence },
            new NpgsqlParameter { Value = head.Hash }
        );

    /// <summary>Waits until no other transaction of this gallery writes; this one may then until it ends.</summary>
    public Task LockAsync(CancellationToken cancellationToken) =>
        session.ExecuteAsync($"select 1 from {session.Schema}.audit_head for update", cancellationToken);

    /// <summary>Brings the templates of people whose references changed up to date.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (Guid person in _changed)
        {
            IReadOnlyList<FaceReference> references = await session.ReadReferencesAsync(person, cancellationToken).ConfigureAwait(false);
            if (references.Count == 0)
            {
                await session
                    .ExecuteAsync(
                        $"delete from {session.Schema}.templates where person_id = $1",
                        cancellationToken,
                        new NpgsqlParameter { Value = person }
                    )
                    .ConfigureAwait(false);
                continue;
            }
            await session
                .ExecuteAsync(
                    $"insert into {session.Schema}.templates (person_id, reference_count, mean, norm_weighted, expires_at, kind) select "
                        + $"$1, $2, $3, $4, expires_at, kind from {session.Schema}.people where id = $1 on conflict (person_id) do "
                        + "update set reference_count = excluded.reference_count, mean = excluded.mean, norm_weighted = "
                        + "excluded.norm_weighted",
                    cancellationToken,
                    new NpgsqlParameter { Value = person },
                    new NpgsqlParameter { Value = references.Count },
                    new NpgsqlParameter { Value = RankedVector.Template(references, ReferenceFusion.Mean) },
                    new NpgsqlParameter { Value = RankedVector.Template(references, ReferenceFusion.NormWeighted) }
                )
                .ConfigureAwait(false);
        }
        _changed.Clear();
        if (_newDimension is not { } length)
            return;
        await session.ExecuteAsync(SchemaMigrations.IndexScript(session.Schema, length), cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync("set local search_path to default", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Vectors of another length fit into no index; they are made anew before the transaction ends.</summary>
    private async Task MakeRoomAsync(int length, CancellationToken cancellationToken)
    {
        if (length == (_newDimension ?? dimension))
            return;
        foreach (string index in Indexes)
            await session.ExecuteAsync($"drop index if exists {session.Schema}.{index}", cancellationToken).ConfigureAwait(false);
        _newDimension = length;
    }
}
