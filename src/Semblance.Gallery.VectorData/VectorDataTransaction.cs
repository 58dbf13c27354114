using System.Linq.Expressions;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.VectorData;

/// <summary>Changes that are kept in memory until they are committed together; what is read through it shows them.</summary>
internal sealed class VectorDataTransaction(
    GalleryRecords records,
    RecordMapping mapping,
    PeopleSummary summary,
    GallerySettings settings,
    AuditHead? head
) : IGalleryTransaction
{
    /// <summary>What is to be written by key; null for what is to be removed.</summary>
    private readonly Dictionary<Guid, GalleryRecord?> _changes = [];

    /// <summary>What was there before, of the keys that are removed or replaced.</summary>
    private readonly Dictionary<Guid, GalleryRecord> _before = [];

    private readonly HashSet<Guid> _changedPeople = [];

    public GallerySettings Settings { get; private set; } = settings;

    public AuditHead? Head { get; private set; } = head;

    public async Task<Person?> FindPersonAsync(Guid id, CancellationToken cancellationToken = default) =>
        await FindAsync(id, RecordKind.Person, cancellationToken).ConfigureAwait(false) is { } record
            ? RecordMapping.PersonOf(record)
            : null;

    public async Task<IReadOnlyList<Person>> FindPeopleNamedAsync(string name, CancellationToken cancellationToken = default) =>
        [
            .. (
                await ReadAsync(record => record.Kind == RecordKind.Person && record.Name == name, cancellationToken).ConfigureAwait(false)
            ).Select(RecordMapping.PersonOf),
        ];

    public async Task<IReadOnlyList<FaceReference>> ReadReferencesAsync(Guid personId, CancellationToken cancellationToken = default) =>
        [
            .. (await RecordsOfAsync(personId, RecordKind.Reference, cancellationToken).ConfigureAwait(false)).Select(
                RecordMapping.ReferenceOf
            ),
        ];

    public async Task<FaceReference?> FindReferenceAsync(Guid id, CancellationToken cancellationToken = default) =>
        await FindAsync(id, RecordKind.Reference, cancellationToken).ConfigureAwait(false) is { } record
            ? RecordMapping.ReferenceOf(record)
            : null;

    public async Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken = default) =>
        await FindAsync(RecordMapping.CropKey(referenceId), RecordKind.Crop, cancellationToken).ConfigureAwait(false) is { } record
            ? Convert.FromBase64String(record.Document)
            : default;

    public Task<AuditHead?> ReadAuditHeadAsync(CancellationToken cancellationToken = default) => Task.FromResult(Head);

    public Task InsertPersonAsync(Person person, CancellationToken cancellationToken = default)
    {
        _changes[person.Id] = mapping.Of(person);
        return Task.CompletedTask;
    }

    public async Task UpdatePersonAsync(Person person, CancellationToken cancellationToken = default)
    {
        GalleryRecord record = mapping.Of(person);
        await ReplaceAsync(record, cancellationToken).ConfigureAwait(false);
        // Searches filter by what stands beside the vectors.
        foreach (string kind in (string[])[RecordKind.Reference, RecordKind.Mean, RecordKind.NormWeighted])
        {
            foreach (GalleryRecord held in await RecordsOfAsync(person.Id, kind, cancellationToken).ConfigureAwait(false))
            {
                if (held.ExpiresAt == record.ExpiresAt)
                    continue;
                _before.TryAdd(held.Key, held);
                _changes[held.Key] = WithExpiry(held, record.ExpiresAt);
            }
        }
    }

    public async Task<bool> RemovePersonAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(id, RecordKind.Person, cancellationToken).ConfigureAwait(false) is null)
            return false;
        string person = RecordMapping.PositionOf(id);
        foreach (GalleryRecord record in await ReadAsync(record => record.Person == person, cancellationToken).ConfigureAwait(false))
            Remove(record);
        _changedPeople.Remove(id);
        return true;
    }

    public async Task InsertReferenceAsync(
        FaceReference reference,
        ReadOnlyMemory<byte> crop,
        CancellationToken cancellationToken = default
    )
    {
        GalleryRecord? person = await FindAsync(reference.PersonId, RecordKind.Person, cancellationToken).ConfigureAwait(false);
        _changes[reference.Id] = RecordMapping.Of(reference, person?.ExpiresAt ?? long.MaxValue);
        if (!crop.IsEmpty)
            _changes[RecordMapping.CropKey(reference.Id)] = mapping.Crop(reference, crop);
        _changedPeople.Add(reference.PersonId);
    }

    public async Task UpdateReferenceAsync(FaceReference reference, CancellationToken cancellationToken = default)
    {
        if (reference.Vector.Length != Settings.Contract.Dimension)
            throw new GalleryException(
                "a vector store's collection has vectors of one length; import the pictures into a new gallery for an embedder of "
                    + "another length"
            );
        if (await FindAsync(reference.Id, RecordKind.Reference, cancellationToken).ConfigureAwait(false) is not { } held)
            return;
        await ReplaceAsync(
                RecordMapping.Of(RecordMapping.ReferenceOf(held) with { Vector = reference.Vector, Norm = reference.Norm }, held.ExpiresAt),
                cancellationToken
            )
            .ConfigureAwait(false);
        _changedPeople.Add(reference.PersonId);
    }

    public async Task<bool> RemoveReferenceAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(id, RecordKind.Reference, cancellationToken).ConfigureAwait(false) is not { } record)
            return false;
        Remove(record);
        if (await FindAsync(RecordMapping.CropKey(id), RecordKind.Crop, cancellationToken).ConfigureAwait(false) is { } crop)
            Remove(crop);
        _changedPeople.Add(RecordMapping.ReferenceOf(record).PersonId);
        return true;
    }

    public Task UpdateSettingsAsync(GallerySettings settings, CancellationToken cancellationToken = default)
    {
        Settings = settings;
        return Task.CompletedTask;
    }

    public Task AppendAuditAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        GalleryRecord record = mapping.Of(entry);
        _changes[record.Key] = record;
        Head = entry.Head;
        return Task.CompletedTask;
    }

    /// <summary>Makes the changes in the store.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        foreach (Guid person in _changedPeople)
            await RenewTemplatesAsync(person, cancellationToken).ConfigureAwait(false);
        _changes[RecordMapping.GalleryKey] = mapping.Of(Settings, Head);
        GalleryRecord[] upserts = [.. _changes.Values.OfType<GalleryRecord>()];
        Guid[] deletions =
        [
            .. _changes.Where(change => change.Value is null && _before.ContainsKey(change.Key)).Select(change => change.Key),
        ];
        await records.CommitAsync(upserts, deletions, mapping, cancellationToken).ConfigureAwait(false);
        foreach (GalleryRecord record in upserts.OrderByDescending(record => record.Kind == RecordKind.Person))
            summary.Add(record, !_before.ContainsKey(record.Key));
        foreach (Guid key in deletions)
            summary.Remove(_before[key]);
    }

    private async Task RenewTemplatesAsync(Guid person, CancellationToken cancellationToken)
    {
        IReadOnlyList<FaceReference> references = await ReadReferencesAsync(person, cancellationToken).ConfigureAwait(false);
        long expiresAt = (await FindAsync(person, RecordKind.Person, cancellationToken).ConfigureAwait(false))?.ExpiresAt ?? long.MaxValue;
        foreach (
            (Guid key, string kind, ReferenceFusion fusion) in (ReadOnlySpan<(Guid, string, ReferenceFusion)>)
                [
                    (RecordMapping.MeanKey(person), RecordKind.Mean, ReferenceFusion.Mean),
                    (RecordMapping.NormWeightedKey(person), RecordKind.NormWeighted, ReferenceFusion.NormWeighted),
                ]
        )
        {
            if (references.Count > 0)
                _changes[key] = RecordMapping.Template(key, kind, person, expiresAt, FusedSimilarity.Template(references, fusion));
            else
                Remove(RecordMapping.Template(key, kind, person, expiresAt, []));
        }
    }

    private async Task ReplaceAsync(GalleryRecord record, CancellationToken cancellationToken)
    {
        if (!_changes.ContainsKey(record.Key) && await records.FindAsync(record.Key, cancellationToken).ConfigureAwait(false) is { } held)
            _before.TryAdd(record.Key, held);
        _changes[record.Key] = record;
    }

    private void Remove(GalleryRecord record)
    {
        // What this transaction added is not in the store yet.
        if (!_changes.ContainsKey(record.Key))
            _before.TryAdd(record.Key, record);
        _changes[record.Key] = null;
    }

    private async Task<GalleryRecord?> FindAsync(Guid key, string kind, CancellationToken cancellationToken)
    {
        GalleryRecord? record = _changes.TryGetValue(key, out GalleryRecord? changed)
            ? changed
            : await records.FindAsync(key, cancellationToken).ConfigureAwait(false);
        return record?.Kind == kind ? record : null;
    }

    private Task<List<GalleryRecord>> RecordsOfAsync(Guid personId, string kind, CancellationToken cancellationToken)
    {
        string person = RecordMapping.PositionOf(personId);
        return ReadAsync(record => record.Kind == kind && record.Person == person, cancellationToken);
    }

    private async Task<List<GalleryRecord>> ReadAsync(Expression<Func<GalleryRecord, bool>> filter, CancellationToken cancellationToken)
    {
        List<GalleryRecord> found = [];
        await foreach (GalleryRecord record in records.ReadAsync(filter, cancellationToken).ConfigureAwait(false))
            if (!_changes.ContainsKey(record.Key))
                found.Add(record);
        found.AddRange(_changes.Values.OfType<GalleryRecord>().Where(filter.Compile(preferInterpretation: true)));
        found.Sort((a, b) => string.CompareOrdinal(a.Position, b.Position));
        return found;
    }

    private static GalleryRecord WithExpiry(GalleryRecord record, long expiresAt) =>
        new()
        {
            Key = record.Key,
            Kind = record.Kind,
            Person = record.Person,
            Name = record.Name,
            Position = record.Position,
            Document = record.Document,
            Vector = record.Vector,
            ExpiresAt = expiresAt,
        };
}
