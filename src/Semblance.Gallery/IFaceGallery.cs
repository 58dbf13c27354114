using Semblance.Embedding;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Storage;
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

    /// <summary>Changes what a caller may of a reference: source, outside id, tags, lock.</summary>
    /// <param name="referenceId">Which.</param>
    /// <param name="change">From what is held to what is to be held; nothing else of it is taken.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ReferenceNotFoundException">There is no such reference.</exception>
    Task<FaceReference> UpdateReferenceAsync(
        Guid referenceId,
        Func<FaceReference, FaceReference> change,
        CancellationToken cancellationToken = default
    );

    /// <summary>Gives a reference to another person; it is decided by hand (locked) from then on.</summary>
    /// <exception cref="ReferenceNotFoundException">There is no such reference.</exception>
    /// <exception cref="PersonNotFoundException">There is no such person.</exception>
    /// <exception cref="GalleryConflictException">It is theirs already, or they have one of the same picture.</exception>
    Task<FaceReference> MoveReferenceAsync(Guid referenceId, Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Gives all references of one person to another and removes the first; a picture that both have stays once. Tags are joined,
    /// an outside id goes over where the other has none; all else of the first is forgotten, after the day in which it can be taken
    /// back.</summary>
    /// <param name="fromId">Who is removed.</param>
    /// <param name="intoId">Who stays.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PersonNotFoundException">There is no such person.</exception>
    /// <exception cref="GalleryConflictException">They are one.</exception>
    Task<Person> MergeAsync(Guid fromId, Guid intoId, CancellationToken cancellationToken = default);

    /// <summary>The newest change of a person where it can be taken back; null where it cannot.</summary>
    Task<AuditEntry?> FindUndoableAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Takes a change back: of details, a move, a merge, a name given to a stranger. For a day, and only while it is the newest
    /// change of everybody it is about. A removal is never taken back, and neither is a merge in which a picture that both had was
    /// removed.</summary>
    /// <param name="entry">Number of its entry in the log (<see cref="FindUndoableAsync"/>).</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="GalleryConflictException">It cannot be taken back, or not any more.</exception>
    Task<UndoneChange> UndoAsync(long entry, CancellationToken cancellationToken = default);

    /// <summary>Keeps unknown faces for some time, each in the group of the stranger it resembles, or in a new one.</summary>
    /// <param name="faces">Faces that nobody was identified on.</param>
    /// <param name="options">Time, threshold, size of a group.</param>
    /// <param name="cancellationToken">Stops the work; what was kept before stays.</param>
    /// <returns>What became of each face, in the same order.</returns>
    /// <exception cref="ConsentRequiredException">The gallery holds nobody without consent.</exception>
    Task<IReadOnlyList<StrangerSighting>> KeepStrangersAsync(
        IReadOnlyList<ReferenceDraft> faces,
        StrangerOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Makes a group of strangers somebody who is known.</summary>
    /// <exception cref="PersonNotFoundException">There is no such group.</exception>
    /// <exception cref="ConsentRequiredException">The gallery needs a consent reference and there is none.</exception>
    Task<Person> NameStrangerAsync(Guid strangerId, PersonDraft person, CancellationToken cancellationToken = default);

    /// <summary>Gives the faces of a group of strangers to somebody who is known.</summary>
    /// <exception cref="PersonNotFoundException">There is no such group or person.</exception>
    Task<Person> AddStrangerToAsync(Guid strangerId, Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Removes a person with everything held about them.</summary>
    /// <returns>The audit entry that proves it.</returns>
    /// <exception cref="PersonNotFoundException">There is no such person.</exception>
    /// <exception cref="ErasureUnfinishedException">The person is removed, but traces are yet to be erased; it carries the
    /// receipt.</exception>
    Task<AuditEntry> RemoveAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Removes one reference.</summary>
    /// <returns>The audit entry that proves it.</returns>
    /// <exception cref="ReferenceNotFoundException">There is no such reference.</exception>
    /// <exception cref="ErasureUnfinishedException">It is removed, but traces are yet to be erased; it carries the receipt.</exception>
    Task<AuditEntry> RemoveReferenceAsync(Guid referenceId, CancellationToken cancellationToken = default);

    /// <summary>Removes everybody who has expired.</summary>
    /// <returns>One audit entry a person.</returns>
    /// <exception cref="ErasureUnfinishedException">They are removed, but traces are yet to be erased; it carries the receipts.</exception>
    Task<IReadOnlyList<AuditEntry>> PurgeAsync(CancellationToken cancellationToken = default);

    /// <summary>Erases the traces of what was removed, where that was deferred or could not be done before.</summary>
    /// <exception cref="ErasureUnfinishedException">It cannot be done now either.</exception>
    Task EraseAsync(CancellationToken cancellationToken = default);

    /// <summary>A person, expired or not; null when there is none.</summary>
    Task<Person?> FindAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>Who has an id of the caller's; null when nobody has.</summary>
    Task<Person?> FindByExternalIdAsync(string externalId, CancellationToken cancellationToken = default);

    /// <summary>Everybody known of exactly this name, by id.</summary>
    Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Everybody who is known, expired or not, by id (the order of enrolment).</summary>
    IAsyncEnumerable<Person> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>A part of the list of people, with the numbers of their references; strangers too, where asked for.</summary>
    /// <param name="query">Which, from where on, and how many; null for the first known people.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The query is out of range.</exception>
    Task<PeoplePage> ListPageAsync(PeopleQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>A reference; null when there is none.</summary>
    Task<FaceReference?> FindReferenceAsync(Guid referenceId, CancellationToken cancellationToken = default);

    /// <summary>The aligned crop of a reference as a PNG; empty when none was kept.</summary>
    Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken = default);

    /// <summary>What happened to a person's record, in order; also of somebody who was removed.</summary>
    Task<IReadOnlyList<AuditEntry>> HistoryOfAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>The audit log.</summary>
    /// <param name="after">Entries of larger numbers are read; 0 for all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    IAsyncEnumerable<AuditEntry> ReadLogAsync(long after = 0, CancellationToken cancellationToken = default);

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
