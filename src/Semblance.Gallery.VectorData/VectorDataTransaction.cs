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

    public async Task<Person?> FindPersonByExternalIdAsync(string externalId, CancellationToken cancellationToken = default) =>
        // No property of the records says it, so everybody is read.
        (await ReadAsync(record => record.Kind == RecordKind.Person, cancellationToken).ConfigureAwait(false))
            .Select(RecordMapping.PersonOf)
            .FirstOrDefault(person => person.ExternalId == externalId);

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
        foreach (ReferenceFusion fusion in Enum.GetValues<ReferenceFusion>())
        {
            foreach (GalleryRecord held in await RecordsOfAsync(person.Id, RecordKind.For(fusion), cancellationToken).ConfigureAwait(false))
            {
                string kind = RecordKind.For(fusion, person.Kind);
                if (held.ExpiresAt == record.ExpiresAt && held.Kind == kind)
                    continue;
                if (!_changes.ContainsKey(held.Key))
                    _before.TryAdd(held.Key, held);
                _changes[held.Key] = With(held, record.ExpiresAt, kind);
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
        _changes[reference.Id] = RecordMapping.Of(reference, person?.ExpiresAt ?? long.MaxValue, KindOf(person));
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
        GalleryRecord? person = await FindAsync(reference.PersonId, RecordKind.Person, cancellationToken).ConfigureAwait(false);
        await ReplaceAsync(RecordMapping.Of(reference, person?.ExpiresAt ?? long.MaxValue, KindOf(person)), cancellationToken)
            .ConfigureAwait(false);
        Guid before = RecordMapping.ReferenceOf(held).PersonId;
        if (before != reference.PersonId)
            await MoveCropAsync(reference, cancellationToken).ConfigureAwait(false);
        _changedPeople.Add(before);
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
        {
            bool held = _before.TryGetValue(record.Key, out GalleryRecord? before),
                moved = held && before!.Person != record.Person;
            if (moved)
                summary.Remove(before!);
            summary.Add(record, !held || moved);
        }
        foreach (Guid key in deletions)
            summary.Remove(_before[key]);
    }

    private static PersonKind KindOf(GalleryRecord? person) => person is null ? PersonKind.Known : RecordMapping.PersonOf(person).Kind;

    /// <summary>A crop is removed with its person, so it stands under the one whose reference it is.</summary>
    private async Task MoveCropAsync(FaceReference reference, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> crop = await ReadCropAsync(reference.Id, cancellationToken).ConfigureAwait(false);
        if (!crop.IsEmpty)
            await ReplaceAsync(mapping.Crop(reference, crop), cancellationToken).ConfigureAwait(false);
    }

    private async Task RenewTemplatesAsync(Guid person, CancellationToken cancellationToken)
    {
        IReadOnlyList<FaceReference> references = await ReadReferencesAsync(person, cancellationToken).ConfigureAwait(false);
        GalleryRecord? held = await FindAsync(person, RecordKind.Person, cancellationToken).ConfigureAwait(false);
        long expiresAt = held?.ExpiresAt ?? long.MaxValue;
        foreach (
            (Guid key, ReferenceFusion fusion) in (ReadOnlySpan<(Guid, ReferenceFusion)>)
                [
                    (RecordMapping.MeanKey(person), ReferenceFusion.Mean),
                    (RecordMapping.NormWeightedKey(person), ReferenceFusion.NormWeighted),
                ]
        )
        {
            string kind = RecordKind.For(fusion, KindOf(held));
            if (references.Count > 0)
                _changes[key] = RecordMapping.Template(
                    key,
                    kind,
                    person,
                    expiresAt,
                    FusedSimilarity.Template(references, fusion),
                    FusedSimilarity.BaselineOf(references, fusion)
                );
            else
                Remove(RecordMapping.Template(key, kind, person, expiresAt, [], null));
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
        return record is not null && RecordKind.Plain(record.Kind) == kind ? record : null;
    }

    private async Task<List<GalleryRecord>> RecordsOfAsync(Guid personId, string kind, CancellationToken cancellationToken)
    {
        string person = RecordMapping.PositionOf(personId);
        List<GalleryRecord> own = await ReadAsync(record => record.Person == person, cancellationToken).ConfigureAwait(false);
        return [.. own.Where(record => RecordKind.Plain(record.Kind) == kind)];
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

    private static GalleryRecord With(GalleryRecord record, long expiresAt, string kind) =>
        new()
        {
            Key = record.Key,
            Kind = kind,
            Person = record.Person,
            Name = record.Name,
            Position = record.Position,
            Document = record.Document,
            Vector = record.Vector,
            ExpiresAt = expiresAt,
        };
}
