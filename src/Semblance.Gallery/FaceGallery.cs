using Semblance.Embedding;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Changing;
using Semblance.Gallery.Identifying;
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
