using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;

namespace Semblance.Gallery.VectorData;

/// <summary>Queries over the records of one collection.</summary>
internal sealed class GalleryRecords(VectorStoreCollection<Guid, GalleryRecord> collection)
{
    private const int PageRecords = 1000;

    /// <summary>What the collection looks like to the store.</summary>
    public static VectorStoreCollectionDefinition Definition(int dimension) =>
        new()
        {
            Properties =
            [
                new VectorStoreKeyProperty(nameof(GalleryRecord.Key), typeof(Guid)),
                new VectorStoreDataProperty(nameof(GalleryRecord.Kind), typeof(string)) { IsIndexed = true },
                new VectorStoreDataProperty(nameof(GalleryRecord.Person), typeof(string)) { IsIndexed = true },
                new VectorStoreDataProperty(nameof(GalleryRecord.Name), typeof(string)) { IsIndexed = true },
                new VectorStoreDataProperty(nameof(GalleryRecord.Position), typeof(string)) { IsIndexed = true },
                new VectorStoreDataProperty(nameof(GalleryRecord.ExpiresAt), typeof(long)) { IsIndexed = true },
                new VectorStoreDataProperty(nameof(GalleryRecord.Document), typeof(string)),
                new VectorStoreVectorProperty(nameof(GalleryRecord.Vector), typeof(ReadOnlyMemory<float>), dimension)
                {
                    DistanceFunction = DistanceFunction.CosineSimilarity,
                },
            ],
        };

    public Task<GalleryRecord?> FindAsync(Guid key, CancellationToken cancellationToken) =>
        collection.GetAsync(key, new() { IncludeVectors = true }, cancellationToken);

    /// <summary>Records that a filter lets through, by position.</summary>
    public async IAsyncEnumerable<GalleryRecord> ReadAsync(
        Expression<Func<GalleryRecord, bool>> filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (int skip = 0; ; skip += PageRecords)
        {
            List<GalleryRecord> page = [];
            FilteredRecordRetrievalOptions<GalleryRecord> options = new()
            {
                IncludeVectors = true,
                Skip = skip,
                OrderBy = order => order.Ascending(record => record.Position),
            };
            await foreach (
                GalleryRecord record in collection.GetAsync(filter, PageRecords, options, cancellationToken).ConfigureAwait(false)
            )
                page.Add(record);
            foreach (GalleryRecord record in page)
                yield return record;
            if (page.Count < PageRecords)
                yield break;
        }
    }

    /// <summary>The nearest records of a kind that have not expired.</summary>
    public async Task<List<GalleryRecord>> NearestAsync(
        ReadOnlyMemory<float> probe,
        string kind,
        long now,
        int count,
        CancellationToken cancellationToken
    )
    {
        VectorSearchOptions<GalleryRecord> options = new()
        {
            IncludeVectors = true,
            Filter = record => record.Kind == kind && record.ExpiresAt > now,
        };
        List<GalleryRecord> nearest = [];
        await foreach (
            VectorSearchResult<GalleryRecord> result in collection
                .SearchAsync(probe, count, options, cancellationToken)
                .ConfigureAwait(false)
        )
            nearest.Add(result.Record);
        return nearest;
    }

    /// <summary>Makes changes so that all of them are made in the end, also when the process dies in between.</summary>
    public async Task CommitAsync(
        IReadOnlyCollection<GalleryRecord> upserts,
        IReadOnlyCollection<Guid> deletions,
        RecordMapping mapping,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        await collection.UpsertAsync(mapping.Journal(upserts, deletions), CancellationToken.None).ConfigureAwait(false);
        await ApplyAsync(upserts, deletions).ConfigureAwait(false);
    }

    /// <summary>Finishes what an earlier process had begun.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(RecordMapping.JournalKey, cancellationToken).ConfigureAwait(false) is not { } journal)
            return;
        JournalDocument document = RecordJson.Read(journal.Document, RecordJson.Default.JournalDocument);
        await ApplyAsync([.. document.Upserts.Select(RecordMapping.Restore)], document.Deletions).ConfigureAwait(false);
    }

    /// <summary>From the journal on there is no way back, so nothing cancels it.</summary>
    private async Task ApplyAsync(IReadOnlyCollection<GalleryRecord> upserts, IReadOnlyCollection<Guid> deletions)
    {
        if (upserts.Count > 0)
            await collection.UpsertAsync(upserts, CancellationToken.None).ConfigureAwait(false);
        if (deletions.Count > 0)
            await collection.DeleteAsync(deletions, CancellationToken.None).ConfigureAwait(false);
        await collection.DeleteAsync(RecordMapping.JournalKey, CancellationToken.None).ConfigureAwait(false);
    }
}
