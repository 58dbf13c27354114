using System.Runtime.CompilerServices;
using Semblance.Embedding;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Changing;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Search;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery;

/// <summary>
/// A gallery over any store: contract, thresholds, fusion, consent, expiry and audit are decided here, so that they are the same wherever
/// the references lie.
/// </summary>
public sealed partial class FaceGallery : IFaceGallery
{
    private readonly GalleryOptions _options;
    private readonly SearchThresholds _thresholds;
    private readonly PersonSearcher _searcher;
    private readonly ChangeJournal _journal;
    private readonly Enroller _enroller;
    private readonly PersonChanges _people;
    private readonly ReferenceChanges _references;
    private readonly StrangerChanges _strangers;
    private readonly Erasure _erasure;
    private readonly bool _owner;

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
        _erasure = new(store, _options.Erasure);
        _owner = true;
        _journal = new(store, _options.Clock, new(), AuditActor.Unnamed);
        (_enroller, _people, _references, _strangers) = ChangesOf(_journal);
    }

    /// <summary>The same gallery for somebody else.</summary>
    private FaceGallery(FaceGallery other, AuditActor actor)
    {
        (Store, _options, _thresholds, _searcher, _erasure) = (
            other.Store,
            other._options,
            other._thresholds,
            other._searcher,
            other._erasure
        );
        _journal = other._journal.As(actor);
        (_enroller, _people, _references, _strangers) = ChangesOf(_journal);
    }

    /// <summary>The same gallery with the thresholds of an embedder.</summary>
    private FaceGallery(FaceGallery other, Semblance.Matching.FaceMatcher matcher)
    {
        (Store, _erasure, _journal) = (other.Store, other._erasure, other._journal);
        _options = other._options with { Matcher = matcher };
        _thresholds = new(Store, _options);
        _searcher = new(Store, _options, _thresholds);
        (_enroller, _people, _references, _strangers) = ChangesOf(_journal);
    }

    /// <inheritdoc/>
    public string Address => Store.Address;

    /// <inheritdoc/>
    public GallerySettings Settings => Store.Settings;

    /// <summary>Where it lives.</summary>
    internal IGalleryStore Store { get; }

    /// <summary>Tells the time.</summary>
    internal TimeProvider Clock => _options.Clock;

    /// <summary>Thresholds of the embedder in use.</summary>
    internal Semblance.Matching.FaceMatcher? Matcher => _options.Matcher;

    /// <summary>The same gallery, whose changes are logged as asked for by somebody. Lives as long as this one, which alone disposes of the
    /// store.</summary>
    /// <param name="actor">Who asks.</param>
    public FaceGallery As(AuditActor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return new(this, actor);
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
        return _enroller.EnrolAsync(person, Checked(references), options ?? EnrolOptions.Default, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Enrolment> AddReferencesAsync(
        Guid personId,
        IReadOnlyList<ReferenceDraft> references,
        CancellationToken cancellationToken = default
    )
    {
        return _enroller.AddReferencesAsync(personId, Checked(references), cancellationToken);
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
            CheckVector(probe, "the probe");
        return _searcher.IdentifyAsync([.. probes.Select(WithBaseline)], options ?? IdentifyOptions.Default, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<PersonVerification> VerifyAsync(
        FaceEmbedding probe,
        Guid personId,
        PersonVerificationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        CheckVector(probe, "the probe");
        return _searcher.VerifyAsync(WithBaseline(probe), personId, options ?? PersonVerificationOptions.Default, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Person> UpdateAsync(Guid personId, Func<Person, Person> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _people.UpdateAsync(personId, change, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AuditEntry> RemoveAsync(Guid personId, CancellationToken cancellationToken = default) =>
        _people.RemoveAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public Task<AuditEntry> RemoveReferenceAsync(Guid referenceId, CancellationToken cancellationToken = default) =>
        _references.RemoveAsync(referenceId, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> PurgeAsync(CancellationToken cancellationToken = default) =>
        _people.PurgeAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<Person?> FindAsync(Guid personId, CancellationToken cancellationToken = default) =>
        Store.FindPersonAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken = default) =>
        [
            .. (await Store.FindPeopleNamedAsync(name, cancellationToken).ConfigureAwait(false)).Where(person =>
                person.Kind == PersonKind.Known
            ),
        ];

    /// <inheritdoc/>
    public Task<Person?> FindByExternalIdAsync(string externalId, CancellationToken cancellationToken = default) =>
        Store.FindPersonByExternalIdAsync(externalId, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Person> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (Person person in Store.ReadPeopleAsync(cancellationToken).ConfigureAwait(false))
            if (person.Kind == PersonKind.Known)
                yield return person;
    }

    /// <inheritdoc/>
    public async Task<PeoplePage> ListPageAsync(PeopleQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= PeopleQuery.Default;
        query.Validate();
        // One more than asked for tells whether there is more.
        IReadOnlyList<PersonEntry> people = await Store
            .ListPeopleAsync(query with { Limit = query.Limit + 1 }, cancellationToken)
            .ConfigureAwait(false);
        return people.Count <= query.Limit ? new(people, null) : new([.. people.Take(query.Limit)], people[query.Limit - 1].Person.Id);
    }

    /// <inheritdoc/>
    public Task<FaceReference?> FindReferenceAsync(Guid referenceId, CancellationToken cancellationToken = default) =>
        Store.FindReferenceAsync(referenceId, cancellationToken);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken = default) =>
        Store.ReadCropAsync(referenceId, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> HistoryOfAsync(Guid personId, CancellationToken cancellationToken = default) =>
        Store.ReadHistoryAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<AuditEntry> ReadLogAsync(long after = 0, CancellationToken cancellationToken = default) =>
        Store.ReadAuditAsync(after, cancellationToken);

    /// <inheritdoc/>
    public async Task<Person> MergeAsync(Guid fromId, Guid intoId, CancellationToken cancellationToken = default)
    {
        Person merged = await _people.MergeAsync(fromId, intoId, cancellationToken).ConfigureAwait(false);
        await _erasure.AfterAsync([], cancellationToken).ConfigureAwait(false);
        return merged;
    }

    /// <inheritdoc/>
    public Task<FaceReference> MoveReferenceAsync(Guid referenceId, Guid personId, CancellationToken cancellationToken = default) =>
        _references.MoveAsync(referenceId, personId, cancellationToken);

    /// <inheritdoc/>
    public Task<FaceReference> UpdateReferenceAsync(
        Guid referenceId,
        Func<FaceReference, FaceReference> change,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(change);
        return _references.UpdateAsync(referenceId, change, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AuditEntry?> FindUndoableAsync(Guid personId, CancellationToken cancellationToken = default) =>
        new Undoing(_journal).FindAsync(personId, cancellationToken);

    /// <inheritdoc/>
    public Task<UndoneChange> UndoAsync(long entry, CancellationToken cancellationToken = default) =>
        new Undoing(_journal).UndoAsync(entry, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StrangerSighting>> KeepStrangersAsync(
        IReadOnlyList<ReferenceDraft> faces,
        StrangerOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        return _strangers.KeepAsync(Checked(faces), options ?? StrangerOptions.Default, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Person> NameStrangerAsync(Guid strangerId, PersonDraft person, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(person);
        return _strangers.NameAsync(strangerId, person, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Person> AddStrangerToAsync(Guid strangerId, Guid personId, CancellationToken cancellationToken = default)
    {
        Person person = await _strangers.AddToAsync(strangerId, personId, cancellationToken).ConfigureAwait(false);
        await _erasure.AfterAsync([], cancellationToken).ConfigureAwait(false);
        return person;
    }

    /// <inheritdoc/>
    public Task EraseAsync(CancellationToken cancellationToken = default) => _erasure.RunAsync([], cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FaceReference>> ReferencesOfAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        if (await Store.FindPersonAsync(personId, cancellationToken).ConfigureAwait(false) is null)
            throw new PersonNotFoundException(Address, personId.ToString());
        return await Store.ReadReferencesAsync(personId, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<PersonExport> ExportAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        PersonExport held = await _people.ReadForExportAsync(personId, cancellationToken).ConfigureAwait(false);
        return held with { History = await Store.ReadHistoryAsync(personId, cancellationToken).ConfigureAwait(false) };
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
            transaction => _journal.AppendAsync(transaction, AuditAction.KeyRotated, null, 0, $"key {newKey.Id}", cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Adds an entry to the log and changes nothing else.</summary>
    internal Task RecordAsync(AuditAction action, string detail, CancellationToken cancellationToken) =>
        _journal.RecordAsync(action, detail, cancellationToken);

    /// <summary>Brings what is held up to date without pictures: binds people of before there were digests to the log.</summary>
    /// <param name="progress">Told how many references were measured.</param>
    /// <param name="cancellationToken">Stops the work; then everything stays as it was.</param>
    /// <exception cref="GalleryConflictException">The gallery was changed meanwhile; nothing was written.</exception>
    public Task<GalleryUpgrade> UpgradeAsync(IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        UpgradeAsync(Settings.Contract.Cohort, null, progress, cancellationToken);

    /// <summary>The same, and measures the baselines of all references against another cohort, from their vectors alone.</summary>
    /// <param name="cohort">Its id from now on; null for scores that are similarities.</param>
    /// <param name="baselineOf">Baseline of a vector in the cohort; null where there is none.</param>
    /// <param name="progress">Told how many references were measured.</param>
    /// <param name="cancellationToken">Stops the work; then everything stays as it was.</param>
    /// <exception cref="GalleryConflictException">The gallery was changed meanwhile; nothing was written.</exception>
    public Task<GalleryUpgrade> UpgradeAsync(
        string? cohort,
        Func<ReadOnlyMemory<float>, float>? baselineOf,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default
    ) => new Upgrader(_journal).RunAsync(Settings.Contract with { Cohort = cohort }, baselineOf, progress, cancellationToken);

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
        return await _references.ReplaceVectorsAsync(made, contract, head, AuditAction.Reembedded, cancellationToken).ConfigureAwait(false);
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
        )
        {
            ErasureDue = await Store.IsErasureDueAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    public Task<AuditReport> AuditAsync(AuditHead? receipt = null, CancellationToken cancellationToken = default) =>
        new AuditCheck(Store).RunAsync(receipt, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (!_owner)
            return ValueTask.CompletedTask;
        _thresholds.Dispose();
        return Store.DisposeAsync();
    }

    private (Enroller, PersonChanges, ReferenceChanges, StrangerChanges) ChangesOf(ChangeJournal journal)
    {
        Enroller enroller = new(journal);
        PersonChanges people = new(journal, _erasure);
        return (enroller, people, new(journal, _erasure), new(journal, enroller, people, _options.Matcher));
    }

    private ReferenceDraft[] Checked(IReadOnlyList<ReferenceDraft> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        foreach (ReferenceDraft reference in references)
        {
            CheckVector(reference.Embedding, reference.Source ?? "the face");
            PersonText.Check(reference.ExternalId, reference.Tags);
        }
        return [.. references.Select(reference => reference with { Embedding = WithBaseline(reference.Embedding) })];
    }

    /// <summary>A face with its baseline in the gallery's cohort, where the gallery has one.</summary>
    /// <exception cref="GalleryException">The face brings no baseline, and there is no cohort here to measure it.</exception>
    private FaceEmbedding WithBaseline(FaceEmbedding embedding) =>
        Settings.Contract.Cohort is null || embedding.Baseline is not null ? embedding
        : _options.Matcher is { Cohort: not null } matcher ? embedding with { Baseline = (float)matcher.BaselineOf(embedding) }
        : throw new GalleryException(
            $"{Address} compares scores, and a vector without a baseline has none; the embedder's cohort is needed"
        );

    /// <exception cref="GalleryContractException">It cannot be compared with the references.</exception>
    /// <exception cref="GalleryException">It is no embedding: not finite, or not of unit length.</exception>
    private void CheckVector(FaceEmbedding embedding, string what)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        if (!Settings.Contract.Accepts(embedding))
            throw new GalleryContractException(Address, Settings.Contract, embedding.Model, embedding.Contract);
        if (_options.Matcher?.Cohort is { } cohort && cohort.Id != Settings.Contract.Cohort)
            throw new GalleryCohortException(Address, Settings.Contract, cohort.Id);
        if (UnitVectors.ProblemOf(embedding.Vector.Span) is { } problem)
            throw new GalleryException($"{what} is no embedding and cannot be compared: {problem}");
    }
}
