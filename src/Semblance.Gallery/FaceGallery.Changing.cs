using Semblance.Gallery.Audit;
using Semblance.Gallery.Changing;

namespace Semblance.Gallery;

// Enrolling, correcting and forgetting; strangers.
public sealed partial class FaceGallery
{
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
}
