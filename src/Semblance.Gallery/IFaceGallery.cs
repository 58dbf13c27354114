using Semblance.Embedding;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Privacy;
using Semblance.Matching;

namespace Semblance.Gallery;

/// <summary>
/// People known by face. Thread-safe: make one and share it. Embeddings of another contract than the gallery's are refused by every
/// method (<see cref="GalleryContractException"/>). What a task that changes something has acknowledged is durable.
/// </summary>
public interface IFaceGallery : IAsyncDisposable
{
    /// <summary>Where it lives, as given to <c>--store</c>.</summary>
    string Address { get; }

    /// <summary>What it was created with.</summary>
    GallerySettings Settings { get; }

    /// <summary>Enrols a person, or adds references to one who is known.</summary>
    /// <param name="person">Who.</param>
    /// <param name="references">Their faces; may be empty for a person whose pictures follow.</param>
    /// <param name="options">What happens when the name is known.</param>
    /// <param name="cancellationToken">Stops the work; then nothing is enrolled.</param>
    /// <exception cref="ConsentRequiredException">The gallery needs a consent reference and there is none.</exception>
    /// <exception cref="AmbiguousNameException">The name does not say who is meant.</exception>
    Task<Enrolment> EnrolAsync(
        PersonDraft person,
        IReadOnlyList<ReferenceDraft> references,
        EnrolOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Adds references to a person.</summary>
    /// <exception cref="PersonNotFoundException">There is no such person.</exception>
    Task<Enrolment> AddReferencesAsync(
        Guid personId,
        IReadOnlyList<ReferenceDraft> references,
        CancellationToken cancellationToken = default
    );

    /// <summary>Searches for everybody that the probes may show.</summary>
    /// <param name="probes">Faces.</param>
    /// <param name="options">Rate or threshold, fusion, margin, number of candidates.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One answer a probe, in the same order.</returns>
    /// <exception cref="UnsupportedRateException">Neither the calibration nor the gallery's own pairs support the rate; it names the
    /// smallest that is.</exception>
    Task<IReadOnlyList<Identification>> IdentifyAsync(
        IReadOnlyList<FaceEmbedding> probes,
        IdentifyOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Says whether a probe shows a certain person.</summary>
    /// <param name="probe">A face.</param>
    /// <param name="personId">Who is claimed.</param>
    /// <param name="options">Rate of single comparisons or threshold, and fusion.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PersonNotFoundException">There is no such person, they have expired, or they have no reference.</exception>
    Task<PersonVerification> VerifyAsync(
        FaceEmbedding probe,
        Guid personId,
        PersonVerificationOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Changes what is held about a person; references stay.</summary>
    /// <param name="personId">Who.</param>
    /// <param name="change">From what is held to what is to be held; the id and the time of enrolment cannot be changed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PersonNotFoundException">There is no such person.</exception>
    Task<Person> UpdateAsync(Guid personId, Func<Person, Person> change, CancellationToken cancellationToken = default);

    /// <summary>Removes a person with everything held about them.</summary>
    /// <returns>The audit entry that proves it.</returns>
    /// <exception cref="PersonNotFoundException">There is no such person.</exception>
    Task<AuditEntry> RemoveAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Removes one reference.</summary>
    /// <returns>The audit entry that proves it.</returns>
    /// <exception cref="GalleryException">There is no such reference.</exception>
    Task<AuditEntry> RemoveReferenceAsync(Guid referenceId, CancellationToken cancellationToken = default);

    /// <summary>Removes everybody who has expired.</summary>
    /// <returns>One audit entry a person.</returns>
    Task<IReadOnlyList<AuditEntry>> PurgeAsync(CancellationToken cancellationToken = default);

    /// <summary>A person, expired or not; null when there is none.</summary>
    Task<Person?> FindAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Everybody of exactly this name, by id.</summary>
    Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Everybody, expired or not, by id (the order of enrolment).</summary>
    IAsyncEnumerable<Person> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>A person's references, by id.</summary>
    /// <exception cref="PersonNotFoundException">There is no such person.</exception>
    Task<IReadOnlyList<FaceReference>> ReferencesOfAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Everything that is held about a person; the hand-out is audited.</summary>
    /// <exception cref="PersonNotFoundException">There is no such person.</exception>
    Task<PersonExport> ExportAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>How much the gallery holds and which rates it supports.</summary>
    Task<GalleryStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default);

    /// <summary>Checks the audit log against itself and against what is held.</summary>
    /// <param name="receipt">An entry that must be in it; null when none is known.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<AuditReport> AuditAsync(AuditHead? receipt = null, CancellationToken cancellationToken = default);
}
