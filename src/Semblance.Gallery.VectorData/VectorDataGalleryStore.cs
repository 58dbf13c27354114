using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Search;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.VectorData;

/// <summary>A gallery in one collection of a vector store. Thread-safe; one process at a time may write.</summary>
public sealed class VectorDataGalleryStore : IGalleryStore
{
    private const int RecordsAPerson = 4,
        SmallestFetch = 32,
        Growth = 4;

    private readonly VectorStoreCollection<Guid, GalleryRecord> _collection;
    private readonly GalleryRecords _records;
    private readonly RecordMapping _mapping;
    private readonly PeopleSummary _summary = new();
    private readonly SemaphoreSlim _writer = new(1);
    private AuditHead? _head;

    private VectorDataGalleryStore(
        string address,
        VectorStoreCollection<Guid, GalleryRecord> collection,
        RecordMapping mapping,
        GallerySettings settings,
        AuditHead? head
    )
    {
        (Address, _collection, _mapping, Settings, _head) = (address, collection, mapping, settings, head);
        _records = new(collection);
    }

    /// <inheritdoc/>
    public string Address { get; }

    /// <inheritdoc/>
    public GallerySettings Settings { get; private set; }

    internal static async Task<VectorDataGalleryStore> OpenAsync(
        string address,
        VectorStoreCollection<Guid, GalleryRecord> collection,
        RecordMapping mapping,
        GallerySettings settings,
        AuditHead? head,
        CancellationToken cancellationToken
    )
    {
        VectorDataGalleryStore store = new(address, collection, mapping, settings, head);
        string[] kinds =
        [
            RecordKind.Person,
            RecordKind.Crop,
            .. Enum.GetValues<PersonKind>()
                .SelectMany(kind => Enum.GetValues<ReferenceFusion>().Select(fusion => RecordKind.For(fusion, kind))),
        ];
        foreach (string kind in kinds)
        await foreach (
            GalleryRecord record in store._records.ReadAsync(record => record.Kind == kind, cancellationToken).ConfigureAwait(false)
        )
            store._summary.Add(record, isNew: true);
        return store;
    }

    /// <inheritdoc/>
    public async Task<T> WriteAsync<T>(Func<IGalleryTransaction, Task<T>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            VectorDataTransaction transaction = Begin();
            T result = await work(transaction).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            (Settings, _head) = (transaction.Settings, transaction.Head);
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<PersonHit>>> SearchAsync(
        PersonSearch search,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(search);
        List<IReadOnlyList<PersonHit>> answers = new(search.Probes.Count);
        foreach (ReadOnlyMemory<float> probe in search.Probes)
            answers.Add(await SearchOneAsync(probe, search, cancellationToken).ConfigureAwait(false));
        return answers;
    }

    /// <inheritdoc/>
    public Task<Person?> FindPersonAsync(Guid id, CancellationToken cancellationToken = default) =>
        Begin().FindPersonAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Person>> FindPeopleNamedAsync(string name, CancellationToken cancellationToken = default) =>
        Begin().FindPeopleNamedAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task<Person?> FindPersonByExternalIdAsync(string externalId, CancellationToken cancellationToken = default) =>
        Begin().FindPersonByExternalIdAsync(externalId, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PersonEntry>> ListPeopleAsync(PeopleQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        string after = query.After is { } last ? RecordMapping.PositionOf(last) : "";
        List<PersonEntry> people = [];
        await foreach (Person person in ReadPeopleAsync(cancellationToken).ConfigureAwait(false))
        {
            string position = RecordMapping.PositionOf(person.Id);
            if (
                person.Kind != query.Kind
                || string.CompareOrdinal(position, after) <= 0
                || (query.Tag is { } tag && !person.Tags.Contains(tag))
                || (query.NamePart is { } part && !person.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
            )
                continue;
            Guid? shown = person.Cover
                ?? (await ReadReferencesAsync(person.Id, cancellationToken).ConfigureAwait(false) is [var first, ..] ? first.Id : null);
            people.Add(new(person, _summary.ReferencesOf(position), shown));
            if (people.Count == query.Limit)
                break;
        }
        return people;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<FaceReference>> ReadReferencesAsync(Guid personId, CancellationToken cancellationToken = default) =>
        Begin().ReadReferencesAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public Task<FaceReference?> FindReferenceAsync(Guid id, CancellationToken cancellationToken = default) =>
        Begin().FindReferenceAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken = default) =>
        Begin().ReadCropAsync(referenceId, cancellationToken);

    /// <inheritdoc/>
    public Task<AuditHead?> ReadAuditHeadAsync(CancellationToken cancellationToken = default) => Task.FromResult(_head);

    /// <inheritdoc/>
    public IAsyncEnumerable<Person> ReadPeopleAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(RecordKind.Person, RecordMapping.PersonOf, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<FaceReference> ReadAllReferencesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        // Each kind comes in order; strangers are few beside known people.
        List<FaceReference> others = [];
        foreach (PersonKind kind in (PersonKind[])[PersonKind.Stranger, PersonKind.Ignored])
        await foreach (FaceReference reference in References(kind).ConfigureAwait(false))
            others.Add(reference);
        Queue<FaceReference> strangers = new(others.OrderBy(reference => reference.Id));
        await foreach (FaceReference reference in References(PersonKind.Known).ConfigureAwait(false))
        {
            while (strangers.TryPeek(out FaceReference? earlier) && earlier.Id.CompareTo(reference.Id) < 0)
                yield return strangers.Dequeue();
            yield return reference;
        }
        while (strangers.TryDequeue(out FaceReference? rest))
            yield return rest;

        IAsyncEnumerable<FaceReference> References(PersonKind kind) =>
            ReadAsync(RecordKind.For(ReferenceFusion.Best, kind), RecordMapping.ReferenceOf, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditEntry> ReadAuditAsync(
        long after = 0,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await foreach (AuditEntry entry in ReadAsync(RecordKind.Audit, RecordMapping.AuditOf, cancellationToken).ConfigureAwait(false))
            if (entry.Sequence > after)
                yield return entry;
    }

    /// <inheritdoc/>
    public Task<GalleryCounts> CountAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        Task.FromResult(_summary.At(now));

    /// <inheritdoc/>
    /// <remarks>What a deleted record leaves behind is the store's; its documentation says how to be rid of it.</remarks>
    public Task EraseRemovedAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _collection.Dispose();
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    private VectorDataTransaction Begin() => new(_records, _mapping, _summary, Settings, _head);

    /// <summary>Takes nearest records until the people asked for are among them, and nobody beyond can be as near.</summary>
    private async Task<IReadOnlyList<PersonHit>> SearchOneAsync(
        ReadOnlyMemory<float> probe,
        PersonSearch search,
        CancellationToken cancellationToken
    )
    {
        string kind = RecordKind.For(search.Fusion, search.Kind);
        for (int count = Math.Max(SmallestFetch, RecordsAPerson * search.Count); ; count *= Growth)
        {
            List<GalleryRecord> nearest = await _records
                .NearestAsync(probe, kind, search.Now.ToUnixTimeMilliseconds(), count, cancellationToken)
                .ConfigureAwait(false);
            Ranked[] hits = [.. nearest.Select(record => RankedOf(probe, record, search.Fusion))];
            Ranked[] people =
            [
                .. hits.GroupBy(hit => hit.Person)
                    .Select(group => group.OrderByDescending(hit => hit.Rank).ThenBy(hit => hit.Reference).First())
                    .OrderByDescending(hit => hit.Rank)
                    .ThenBy(hit => hit.Person)
                    .Take(search.Count),
            ];
            // The store ranks by similarity alone: whatever is beyond is no more similar than the last, and no bias is above the largest.
            bool complete =
                nearest.Count < count
                || (people.Length == search.Count && hits.Min(hit => hit.Similarity) + _summary.LargestBias < people[^1].Rank);
            if (complete)
                return await WithPeopleAsync(people, cancellationToken).ConfigureAwait(false);
        }
    }

    private Ranked RankedOf(ReadOnlyMemory<float> probe, GalleryRecord record, ReferenceFusion fusion)
    {
        // References that cancel out have a template of length 0.
        if (
            UnitVectors.ProblemOf(record.Vector.Span) is { } problem
            && (fusion == ReferenceFusion.Best || TensorPrimitives.Norm(record.Vector.Span) > UnitVectors.Tolerance)
        )
            throw new GalleryDamagedException(Address, $"{RecordKind.Plain(record.Kind)} {record.Key}", problem);
        float bias = RecordMapping.BiasOf(record);
        return new(
            Guid.ParseExact(record.Person, "N"),
            TensorPrimitives.Dot(probe.Span, record.Vector.Span),
            bias,
            fusion == ReferenceFusion.Best ? record.Key : null
        );
    }

    private async Task<IReadOnlyList<PersonHit>> WithPeopleAsync(Ranked[] ranked, CancellationToken cancellationToken)
    {
        List<PersonHit> hits = [];
        foreach (Ranked hit in ranked)
            // Somebody removed since the search is not there any more.
            if (await FindPersonAsync(hit.Person, cancellationToken).ConfigureAwait(false) is { } person)
                hits.Add(new(person, hit.Similarity, hit.Bias, hit.Reference));
        return hits;
    }

    private readonly record struct Ranked(Guid Person, float Similarity, float Bias, Guid? Reference)
    {
        public float Rank => Similarity + Bias;
    }

    private async IAsyncEnumerable<T> ReadAsync<T>(
        string kind,
        Func<GalleryRecord, T> map,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (GalleryRecord record in _records.ReadAsync(record => record.Kind == kind, cancellationToken).ConfigureAwait(false))
            yield return map(record);
    }
}
