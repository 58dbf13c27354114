using Microsoft.Data.Sqlite;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Sqlite;

/// <summary>Changes through the writing connection, inside its transaction.</summary>
/// <param name="connection">Has an immediate transaction.</param>
/// <param name="bytes">How vectors lie in the file.</param>
/// <param name="revision">The revision that this transaction makes.</param>
internal sealed class SqliteGalleryTransaction(SqliteConnection connection, VectorBytes bytes, long revision) : IGalleryTransaction
{
    private readonly SqliteReader _reader = new(connection, bytes);

    public Task<Person?> FindPersonAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(_reader.FindPerson(id));

    public Task<IReadOnlyList<Person>> FindPeopleNamedAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_reader.FindPeopleNamed(name));

    public Task<Person?> FindPersonByExternalIdAsync(string externalId, CancellationToken cancellationToken) =>
        Task.FromResult(_reader.FindPersonByExternalId(externalId));

    public Task<IReadOnlyList<FaceReference>> ReadReferencesAsync(Guid personId, CancellationToken cancellationToken) =>
        Task.FromResult(_reader.References(personId));

    public Task<FaceReference?> FindReferenceAsync(Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(_reader.FindReference(id));

    public Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken) =>
        Task.FromResult(_reader.Crop(referenceId));

    public Task<AuditHead?> ReadAuditHeadAsync(CancellationToken cancellationToken) => Task.FromResult(_reader.AuditHead());

    public Task<StoreNote?> FindNoteAsync(string kind, string key, CancellationToken cancellationToken) =>
        Task.FromResult(_reader.FindNote(kind, key));

    public Task InsertPersonAsync(Person person, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(
            """
            INSERT INTO person (id, name, metadata, consent, expires_at, enrolled_at, kind, external_id, tags, cover, locked, dismissed,
            revision)
            VALUES ($id, $name, $metadata, $consent, $expires, $enrolled, $kind, $external, $tags, $cover, $locked, $dismissed, $revision)
            """,
            PersonParameters(person)
        );
        return Task.CompletedTask;
    }

    public Task UpdatePersonAsync(Person person, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(
            """
            UPDATE person SET name = $name, metadata = $metadata, consent = $consent, expires_at = $expires, enrolled_at = $enrolled,
                kind = $kind, external_id = $external, tags = $tags, cover = $cover, locked = $locked, dismissed = $dismissed,
                revision = $revision
            WHERE id = $id
            """,
            PersonParameters(person)
        );
        return Task.CompletedTask;
    }

    public Task<bool> RemovePersonAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(
            """
            INSERT INTO removal (revision, person, reference) SELECT $revision, r.person, r.number FROM reference r JOIN person p ON
            p.number = r.person WHERE p.id = $id;
            DELETE FROM note WHERE person = $id OR other = $id;
            UPDATE gallery SET erase_due = 1;
            """,
            ("$revision", revision),
            ("$id", id.ToKey())
        );
        return Task.FromResult(connection.Execute("DELETE FROM person WHERE id = $id", ("$id", id.ToKey())) == 1);
    }

    public Task InsertReferenceAsync(FaceReference reference, ReadOnlyMemory<byte> crop, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(
            """
            INSERT INTO reference (id, person, vector, norm, baseline, quality, source, source_hash, external_id, tags, locked, digest,
            enrolled_at, revision)
            VALUES ($id, (SELECT number FROM person WHERE id = $person), $vector, $norm, $baseline, $quality, $source, $hash, $external,
            $tags, $locked, $digest, $enrolled, $revision)
            """,
            ReferenceParameters(reference)
        );
        if (!crop.IsEmpty)
            connection.Execute(
                "INSERT INTO crop (reference, png) VALUES (last_insert_rowid(), $png)",
                ("$png", bytes.PackCrop(reference.Id, reference.PersonId, crop.Span))
            );
        return Task.CompletedTask;
    }

    public Task UpdateReferenceAsync(FaceReference reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool moves =
            connection.ReadInteger(
                "SELECT count(*) FROM reference r JOIN person p ON p.number = r.person WHERE r.id = $id AND p.id <> $person",
                ("$id", reference.Id.ToKey()),
                ("$person", reference.PersonId.ToKey())
            ) > 0;
        ReadOnlyMemory<byte> crop = moves ? _reader.Crop(reference.Id) : default;
        // An index in memory knows the reference under its person's number.
        if (moves)
            connection.Execute(
                "INSERT INTO removal (revision, person, reference) SELECT $revision, person, number FROM reference WHERE id = $id",
                ("$revision", revision),
                ("$id", reference.Id.ToKey())
            );
        connection.Execute(
            """
            UPDATE reference SET person = (SELECT number FROM person WHERE id = $person), vector = $vector, norm = $norm,
                baseline = $baseline, quality = $quality, source = $source, source_hash = $hash, external_id = $external, tags = $tags,
                locked = $locked, digest = $digest, enrolled_at = $enrolled, revision = $revision
            WHERE id = $id
            """,
            ReferenceParameters(reference)
        );
        // What is sealed is bound to the person.
        if (!crop.IsEmpty)
            connection.Execute(
                "UPDATE crop SET png = $png WHERE reference = (SELECT number FROM reference WHERE id = $id)",
                ("$png", bytes.PackCrop(reference.Id, reference.PersonId, crop.Span)),
                ("$id", reference.Id.ToKey())
            );
        return Task.CompletedTask;
    }

    public Task<bool> RemoveReferenceAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(
            "INSERT INTO removal (revision, person, reference) SELECT $revision, person, number FROM reference WHERE id = $id; UPDATE "
                + "gallery SET erase_due = 1",
            ("$revision", revision),
            ("$id", id.ToKey())
        );
        return Task.FromResult(connection.Execute("DELETE FROM reference WHERE id = $id", ("$id", id.ToKey())) == 1);
    }

    public Task UpdateSettingsAsync(GallerySettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(
            "UPDATE gallery SET embedder = $embedder, contract = $contract, dimension = $dimension, cohort = $cohort, "
                + "require_consent = $consent, keep_crops = $crops",
            ("$embedder", settings.Contract.Embedder),
            ("$contract", settings.Contract.Contract),
            ("$dimension", settings.Contract.Dimension),
            ("$cohort", settings.Contract.Cohort),
            ("$consent", settings.RequireConsent),
            ("$crops", settings.KeepCrops)
        );
        return Task.CompletedTask;
    }

    public Task AppendAuditAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SqliteLog.Append(connection, entry);
        return Task.CompletedTask;
    }

    public Task<bool> WriteNoteAsync(StoreNote note, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(
            "INSERT OR REPLACE INTO note (kind, key, at, person, other, text) VALUES ($kind, $key, $at, $person, $other, $text)",
            ("$kind", note.Kind),
            ("$key", note.Key),
            ("$at", note.At.ToUnixTimeMilliseconds()),
            ("$person", note.PersonId?.ToKey()),
            ("$other", note.OtherId?.ToKey()),
            ("$text", note.Text)
        );
        return Task.FromResult(true);
    }

    public Task RemoveNoteAsync(string kind, string key, CancellationToken cancellationToken)
    {
        connection.Execute("DELETE FROM note WHERE kind = $kind AND key = $key", ("$kind", kind), ("$key", key));
        return Task.CompletedTask;
    }

    public Task RemoveNotesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        connection.Execute("DELETE FROM note WHERE at < $before", ("$before", before.ToUnixTimeMilliseconds()));
        return Task.CompletedTask;
    }

    private (string, object?)[] PersonParameters(Person person) =>
        [
            ("$id", person.Id.ToKey()),
            ("$name", person.Name),
            ("$metadata", MetadataJson.Serialize(person.Metadata)),
            ("$consent", person.ConsentReference),
            ("$expires", person.ExpiresAt?.ToUnixTimeMilliseconds()),
            ("$enrolled", person.EnrolledAt.ToUnixTimeMilliseconds()),
            ("$kind", (int)person.Kind),
            ("$external", person.ExternalId),
            ("$tags", SqliteRows.TextsOrNull(person.Tags)),
            ("$cover", person.Cover?.ToKey()),
            ("$locked", person.Locked),
            ("$dismissed", SqliteRows.TextsOrNull(person.Dismissed)),
            ("$revision", revision),
        ];

    private (string, object?)[] ReferenceParameters(FaceReference reference) =>
        [
            ("$id", reference.Id.ToKey()),
            ("$person", reference.PersonId.ToKey()),
            ("$vector", bytes.Pack(reference.Id, reference.PersonId, reference.Vector.Span)),
            ("$norm", reference.Norm),
            ("$baseline", reference.Baseline),
            ("$quality", reference.Quality),
            ("$source", reference.Source),
            ("$hash", reference.SourceHash),
            ("$external", reference.ExternalId),
            ("$tags", SqliteRows.TextsOrNull(reference.Tags)),
            ("$locked", reference.Locked),
            ("$digest", reference.Digest),
            ("$enrolled", reference.EnrolledAt.ToUnixTimeMilliseconds()),
            ("$revision", revision),
        ];
}
