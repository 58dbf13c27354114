using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;
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
        foreach (string kind in (string[])[RecordKind.Person, RecordKind.Reference, RecordKind.Crop])
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
    public IAsyncEnumerable<FaceReference> ReadAllReferencesAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(RecordKind.Reference, RecordMapping.ReferenceOf, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<AuditEntry> ReadAuditAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(RecordKind.Audit, RecordMapping.AuditOf, cancellationToken);

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
        string kind = RecordKind.For(search.Fusion);
        for (int count = Math.Max(SmallestFetch, RecordsAPerson * search.Count); ; count *= Growth)
        {
            List<GalleryRecord> nearest = await _records
                .NearestAsync(probe, kind, search.Now.ToUnixTimeMilliseconds(), count, cancellationToken)
                .ConfigureAwait(false);
            PersonHit[] hits =
            [
                .. nearest.Select(record => new PersonHit(
                    Guid.ParseExact(record.Person, "N"),
                    TensorPrimitives.Dot(probe.Span, record.Vector.Span),
                    search.Fusion == ReferenceFusion.Best ? record.Key : null
                )),
            ];
            PersonHit[] people =
            [
                .. hits.GroupBy(hit => hit.PersonId)
                    .Select(group => group.OrderByDescending(hit => hit.Similarity).ThenBy(hit => hit.ReferenceId).First())
                    .OrderByDescending(hit => hit.Similarity)
                    .ThenBy(hit => hit.PersonId)
                    .Take(search.Count),
            ];
            if (nearest.Count < count || (people.Length == search.Count && hits.Min(hit => hit.Similarity) < people[^1].Similarity))
                return people;
        }
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
