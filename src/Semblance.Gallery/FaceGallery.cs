using Semblance.Embedding;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery;

/// <summary>
/// A gallery over any store: contract, thresholds, fusion, consent, expiry and audit are decided here, so that they are the same wherever
/// the references lie.
/// </summary>
public sealed class FaceGallery : IFaceGallery
{
    private readonly GalleryOptions _options;
    private readonly SearchThresholds _thresholds;
    private readonly PersonSearcher _searcher;
    private readonly GalleryWriter _writer;

    /// <summary>Creates a gallery over a store; the gallery disposes it.</summary>
    /// <param name="store">Where it lives.</param>
    /// <param name="options">Thresholds and clock.</param>
    /// <exception cref="GalleryContractException">The matcher is of another contract than the references.</exception>
    public FaceGallery(IGalleryStore store, GalleryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        Store = store;
        _options = options ?? GalleryOptions.Default;
        if (_options.Matcher is { } matcher && matcher.Contract != store.Settings.Contract.Contract)
            throw new GalleryContractException(store.Address, store.Settings.Contract, matcher.Model, matcher.Contract);
        _thresholds = new(store, _options);
        _searcher = new(store, _options, _thresholds);
        _writer = new(store, _options.Clock);
    }

    /// <inheritdoc/>
    public string Address => Store.Address;

    /// <inheritdoc/>
    public GallerySettings Settings => Store.Settings;

    /// <summary>Where it lives.</summary>
    internal IGalleryStore Store { get; }

    /// <summary>Tells the time.</summary>
    internal TimeProvider Clock => _options.Clock;

    /// <summary>Makes a gallery that is not there yet.</summary>
    /// <param name="stores">The kinds of stores that are known.</param>
    /// <param name="address">Where, e.g. <c>sqlite:people.db</c>.</param>
    /// <param name="settings">Embedder, consent, crops, encryption.</param>
    /// <param name="storeOptions">Key and index.</param>
    /// <param name="options">Thresholds and clock.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="GalleryException">There is one, or the place cannot be used.</exception>
    public static async Task<FaceGallery> CreateAsync(
        GalleryStores stores,
        string address,
        GallerySettings settings,
        StoreOptions? storeOptions = null,
        GalleryOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(stores);
        FaceGallery gallery = new(
            await stores.CreateAsync(address, settings, storeOptions, cancellationToken).ConfigureAwait(false),
            options
        );
        await gallery
            ._writer.RecordAsync(AuditAction.Created, $"embedder {settings.Contract.Embedder}", cancellationToken)
            .ConfigureAwait(false);
        return gallery;
    }

    /// <summary>Opens a gallery.</summary>
    /// <param name="stores">The kinds of stores that are known.</param>
    /// <param name="address">Where, e.g. <c>sqlite:people.db</c>.</param>
    /// <param name="storeOptions">Key and index.</param>
    /// <param name="options">Thresholds and clock.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="GalleryException">There is none, or it cannot be read.</exception>
    public static async Task<FaceGallery> OpenAsync(
        GalleryStores stores,
        string address,
        StoreOptions? storeOptions = null,
        GalleryOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(stores);
        IGalleryStore store = await stores.OpenAsync(address, storeOptions, cancellationToken).ConfigureAwait(false);
        try
        {
            return new(store, options);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<Enrolment> EnrolAsync(
        PersonDraft person,
        IReadOnlyList<ReferenceDraft> references,
        EnrolOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        CheckReferences(references);
        return _writer.EnrolAsync(person, references, options ?? EnrolOptions.Default, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Enrolment> AddReferencesAsync(
        Guid personId,
        IReadOnlyList<ReferenceDraft> references,
        CancellationToken cancellationToken = default
    )
    {
        CheckReferences(references);
        return _writer.AddReferencesAsync(personId, references, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Identification>> IdentifyAsync(
        IReadOnlyList<FaceEmbedding> probes,
        IdentifyOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(probes);
        foreach (FaceEmbedding probe in probes)
            CheckContract(probe);
        return _searcher.IdentifyAsync(probes, options ?? IdentifyOptions.Default, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<PersonVerification> VerifyAsync(
        FaceEmbedding probe,
        Guid personId,
        PersonVerificationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        CheckContract(probe);
        return _searcher.VerifyAsync(probe, personId, options ?? PersonVerificationOptions.Default, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Person> UpdateAsync(Guid personId, Func<Person, Person> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _writer.UpdateAsync(personId, change, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AuditEntry> RemoveAsync(Guid personId, CancellationToken cancellationToken = default) =>
        _writer.RemoveAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public Task<AuditEntry> RemoveReferenceAsync(Guid referenceId, CancellationToken cancellationToken = default) =>
        _writer.RemoveReferenceAsync(referenceId, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> PurgeAsync(CancellationToken cancellationToken = default) =>
        _writer.PurgeAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<Person?> FindAsync(Guid personId, CancellationToken cancellationToken = default) =>
        Store.FindPersonAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken = default) =>
        Store.FindPeopleNamedAsync(name, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Person> ListAsync(CancellationToken cancellationToken = default) => Store.ReadPeopleAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FaceReference>> ReferencesOfAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        if (await Store.FindPersonAsync(personId, cancellationToken).ConfigureAwait(false) is null)
            throw new PersonNotFoundException(Address, personId.ToString());
        return await Store.ReadReferencesAsync(personId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The PNG of a reference's crop; empty when none was kept.</summary>
    public Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken = default) =>
        Store.ReadCropAsync(referenceId, cancellationToken);

    /// <summary>The audit log from the first entry to the last.</summary>
    public IAsyncEnumerable<AuditEntry> ReadAuditAsync(CancellationToken cancellationToken = default) =>
        Store.ReadAuditAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<PersonExport> ExportAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        PersonExport held = await _writer.ReadForExportAsync(personId, cancellationToken).ConfigureAwait(false);
        List<AuditEntry> history = [];
        await foreach (AuditEntry entry in Store.ReadAuditAsync(cancellationToken).ConfigureAwait(false))
            if (entry.Event.PersonId == personId)
                history.Add(entry);
        return held with { History = history };
    }

    /// <summary>Seals references and crops with another key; the old one opens nothing afterwards.</summary>
    /// <param name="newKey">The key from now on.</param>
    /// <param name="cancellationToken">Stops the work; then the old key stays.</param>
    /// <exception cref="GalleryException">The gallery is not encrypted, or its store cannot encrypt.</exception>
    public Task RotateKeyAsync(EncryptionKey newKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newKey);
        if (!Settings.Encrypted || Store is not IEncryptedStore encrypted)
            throw new GalleryException($"{Address} is not encrypted, so there is no key to replace");
        return encrypted.RotateKeyAsync(
            newKey,
            transaction => _writer.AppendAsync(transaction, AuditAction.KeyRotated, null, 0, $"key {newKey.Id}", cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Replaces all vectors by those of another embedder, and with them the contract; the old thresholds are for the old
    /// one.</summary>
    internal async Task<int> ReplaceVectorsAsync(
        GalleryContract contract,
        Func<IReadOnlyList<FaceReference>, Func<Guid, Task<ReadOnlyMemory<byte>>>, Task<List<FaceReference>>> embed,
        CancellationToken cancellationToken
    )
    {
        AuditHead? head = await Store.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
        List<FaceReference> references = [];
        await foreach (FaceReference reference in Store.ReadAllReferencesAsync(cancellationToken).ConfigureAwait(false))
            references.Add(reference);
        int without = references.Count(reference => !reference.HasCrop);
        if (without > 0)
            throw new GalleryException(
                $"{Address}: {without} of {references.Count} references have no crop, so they cannot be embedded anew; enrol their "
                    + $"people from photographs again"
            );
        List<FaceReference> made = await embed(references, id => Store.ReadCropAsync(id, cancellationToken)).ConfigureAwait(false);
        return await _writer.ReplaceVectorsAsync(made, contract, head, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<GalleryStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default)
    {
        GalleryCounts counts = await Store.CountAsync(Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        long pairs = SearchThresholds.ComparedPairs(counts);
        return new(
            counts,
            _options.Matcher?.Thresholds?.SmallestRate,
            NonMatedPairs.SmallestRate(pairs),
            _thresholds.SmallestSupported(counts.References, pairs)
        );
    }

    /// <inheritdoc/>
    public Task<AuditReport> AuditAsync(AuditHead? receipt = null, CancellationToken cancellationToken = default) =>
        new AuditCheck(Store).RunAsync(receipt, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _thresholds.Dispose();
        return Store.DisposeAsync();
    }

    private void CheckReferences(IReadOnlyList<ReferenceDraft> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        foreach (ReferenceDraft reference in references)
            CheckContract(reference.Embedding);
    }

    private void CheckContract(FaceEmbedding embedding)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        if (!Settings.Contract.Accepts(embedding))
            throw new GalleryContractException(Address, Settings.Contract, embedding.Model, embedding.Contract);
    }
}
