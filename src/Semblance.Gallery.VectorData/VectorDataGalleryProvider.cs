using Microsoft.Extensions.VectorData;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.VectorData;

/// <summary>Galleries in a vector store that the program brings, by <c>vectordata:COLLECTION</c>.</summary>
/// <param name="store">Any store of Microsoft.Extensions.VectorData whose keys may be <see cref="Guid"/>; it stays the caller's.</param>
/// <remarks>
/// These stores know no transactions, so changes go through a journal record: what a process began and did not finish is finished when the
/// gallery is opened the next time. One process at a time may write. Similarities are computed from the vectors that the store returns, so
/// they do not depend on what a store calls a score; which people are found depends on the store's index.
/// </remarks>
public sealed class VectorDataGalleryProvider(VectorStore store) : IGalleryStoreProvider
{
    /// <inheritdoc/>
    public string Scheme => "vectordata";

    /// <inheritdoc/>
    public async Task<IGalleryStore> CreateAsync(
        string location,
        GallerySettings settings,
        StoreOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        string address = AddressOf(location);
        if (settings.Encrypted)
            throw new GalleryException(
                $"{address}: a vector store cannot search encrypted references; keep the gallery in sqlite:, or use the encryption of "
                    + $"the store"
            );
        VectorStoreCollection<Guid, GalleryRecord> collection = Collection(location, settings.Contract.Dimension);
        RecordMapping mapping = new(settings.Contract.Dimension);
        if (await collection.CollectionExistsAsync(cancellationToken).ConfigureAwait(false))
            throw new GalleryExistsException($"{address}: there is a collection of that name already; take another name");
        await collection.EnsureCollectionExistsAsync(cancellationToken).ConfigureAwait(false);
        AuditEntry first = options.FirstEntry
            ?? AuditChain.Creation(settings, options.Clock.GetUtcNow(), options.Actor, RecordDigest.Plain);
        // The gallery's own record last: without it there is no gallery yet.
        await collection.UpsertAsync(mapping.Of(first), cancellationToken).ConfigureAwait(false);
        await collection.UpsertAsync(mapping.Of(settings, first.Head), cancellationToken).ConfigureAwait(false);
        return await VectorDataGalleryStore
            .OpenAsync(address, collection, mapping, settings, first.Head, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IGalleryStore> OpenAsync(string location, StoreOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        string address = AddressOf(location);
        if (options.Key is not null)
            throw new GalleryException($"{address} is not encrypted, but a key was given for it; leave the key out");
        // The length of the vectors is only known from the settings; reading one record by key needs none.
        VectorStoreCollection<Guid, GalleryRecord> any = Collection(location, dimension: 1);
        if (!await any.CollectionExistsAsync(cancellationToken).ConfigureAwait(false))
            throw new GalleryNotFoundException(address);
        GalleryRecord record = await any.GetAsync(RecordMapping.GalleryKey, cancellationToken: cancellationToken).ConfigureAwait(false)
            ?? throw new GalleryNotFoundException(address);
        GalleryDocument document = RecordJson.Read(record.Document, RecordJson.Default.GalleryDocument);
        int dimension = document.Settings.Contract.Dimension;
        VectorStoreCollection<Guid, GalleryRecord> collection = Collection(location, dimension);
        await new GalleryRecords(collection).RecoverAsync(cancellationToken).ConfigureAwait(false);
        // The journal may have held newer settings and a newer head.
        document = RecordJson.Read(
            (await collection.GetAsync(RecordMapping.GalleryKey, cancellationToken: cancellationToken).ConfigureAwait(false))!.Document,
            RecordJson.Default.GalleryDocument
        );
        return await VectorDataGalleryStore
            .OpenAsync(address, collection, new(dimension), document.Settings, document.Head, cancellationToken)
            .ConfigureAwait(false);
    }

    private VectorStoreCollection<Guid, GalleryRecord> Collection(string name, int dimension) =>
        store.GetCollection<Guid, GalleryRecord>(name, GalleryRecords.Definition(dimension));

    private string AddressOf(string location) => $"{Scheme}:{location}";
}
