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

    public Task<IReadOnlyList<FaceReference>> ReadReferencesAsync(Guid personId, CancellationToken cancellationToken) =>
        Task.FromResult(_reader.References(personId));

    public Task<FaceReference?> FindReferenceAsync(Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(_reader.FindReference(id));

    public Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken) =>
        Task.FromResult(_reader.Crop(referenceId));

    public Task<AuditHead?> ReadAuditHeadAsync(CancellationToken cancellationToken) => Task.FromResult(_reader.AuditHead());

    public Task InsertPersonAsync(Person person, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(
            "INSERT INTO person (id, name, metadata, consent, expires_at, enrolled_at, revision) VALUES ($id, $name, $metadata, "
                + "$consent, $expires, $enrolled, $revision)",
            PersonParameters(person)
        );
        return Task.CompletedTask;
    }

    public Task UpdatePersonAsync(Person person, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(
            "UPDATE person SET name = $name, metadata = $metadata, consent = $consent, expires_at = $expires, enrolled_at = $enrolled, "
                + "revision = $revision WHERE id = $id",
            PersonParameters(person)
        );
        return Task.CompletedTask;
    }

    public Task<bool> RemovePersonAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(
            """
            INSERT INTO removal (revision, person, reference) SELECT $revision, r.person, r.number FROM reference r JOIN person p ON p.number = r.person WHERE p.id = $id;
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
            INSERT INTO reference (id, person, vector, norm, quality, source, source_hash, enrolled_at, revision)
            VALUES ($id, (SELECT number FROM person WHERE id = $person), $vector, $norm, $quality, $source, $hash, $enrolled, $revision)
            """,
            ("$id", reference.Id.ToKey()),
            ("$person", reference.PersonId.ToKey()),
            ("$vector", bytes.Pack(reference.Id, reference.Vector.Span)),
            ("$norm", reference.Norm),
            ("$quality", reference.Quality),
            ("$source", reference.Source),
            ("$hash", reference.SourceHash),
            ("$enrolled", reference.EnrolledAt.ToUnixTimeMilliseconds()),
            ("$revision", revision)
        );
        if (!crop.IsEmpty)
            connection.Execute(
                "INSERT INTO crop (reference, png) VALUES (last_insert_rowid(), $png)",
                ("$png", bytes.PackCrop(reference.Id, crop.Span))
            );
        return Task.CompletedTask;
    }

    public Task UpdateReferenceAsync(FaceReference reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(
            "UPDATE reference SET vector = $vector, norm = $norm, revision = $revision WHERE id = $id",
            ("$id", reference.Id.ToKey()),
            ("$vector", bytes.Pack(reference.Id, reference.Vector.Span)),
            ("$norm", reference.Norm),
            ("$revision", revision)
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
            "UPDATE gallery SET embedder = $embedder, contract = $contract, dimension = $dimension, require_consent = $consent, "
                + "keep_crops = $crops",
            ("$embedder", settings.Contract.Embedder),
            ("$contract", settings.Contract.Contract),
            ("$dimension", settings.Contract.Dimension),
            ("$consent", settings.RequireConsent),
            ("$crops", settings.KeepCrops)
        );
        return Task.CompletedTask;
    }

    public Task AppendAuditAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AuditEvent e = entry.Event;
        connection.Execute(
            """
            INSERT INTO audit (sequence, at, action, person, reference_count, detail, previous, hash)
            VALUES ($sequence, $at, $action, $person, $references, $detail, $previous, $hash);
            UPDATE gallery SET audit_sequence = $sequence, audit_hash = $hash;
            """,
            ("$sequence", entry.Sequence),
            ("$at", e.At.ToUnixTimeMilliseconds()),
            ("$action", e.Action.ToString()),
            ("$person", e.PersonId?.ToKey()),
            ("$references", e.References),
            ("$detail", e.Detail),
            ("$previous", entry.PreviousHash),
            ("$hash", entry.Hash)
        );
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
            ("$revision", revision),
        ];
}
