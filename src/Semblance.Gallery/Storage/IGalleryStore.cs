using Semblance.Gallery.Audit;

namespace Semblance.Gallery.Storage;

/// <summary>
/// Where a gallery lives. A store keeps people, references, crops and the audit log, and finds similar people; it decides nothing:
/// thresholds, contract, consent, expiry policy and audit are the gallery's (<see cref="IFaceGallery"/>), the same for every store.
/// Thread-safe.
/// </summary>
public interface IGalleryStore : IGalleryReader, IAsyncDisposable
{
    /// <summary>What the store is called in messages: what is given to <c>--store</c>, without passwords.</summary>
    string Address { get; }

    /// <summary>What the gallery was created with, as last changed.</summary>
    GallerySettings Settings { get; }

    /// <summary>Computes the digests of what this store holds; keyed where the store is encrypted.</summary>
    RecordDigest Digest => RecordDigest.Plain;

    /// <summary>Runs changes in one transaction; when the task ends they are durable. An error in <paramref name="work"/> undoes all of
    /// them.</summary>
    /// <param name="work">Reads and changes through the transaction; may be run again when the database asks for it, so it touches nothing
    /// else.</param>
    /// <param name="cancellationToken">Stops the work and undoes it.</param>
    Task<T> WriteAsync<T>(Func<IGalleryTransaction, Task<T>> work, CancellationToken cancellationToken = default);

    /// <summary>The people of the best score for each probe, expired ones left out, best first; of equal scores by person id.</summary>
    /// <param name="search">Probes, number, fusion and kind.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One list a probe.</returns>
    Task<IReadOnlyList<IReadOnlyList<PersonHit>>> SearchAsync(PersonSearch search, CancellationToken cancellationToken = default);

    /// <summary>Everybody of any kind, by id, read page by page: people enrolled meanwhile may or may not be among them.</summary>
    IAsyncEnumerable<Person> ReadPeopleAsync(CancellationToken cancellationToken = default);

    /// <summary>People by id with the number of their references, in one round trip.</summary>
    /// <param name="query">Which, after whom, and how many.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IReadOnlyList<PersonEntry>> ListPeopleAsync(PeopleQuery query, CancellationToken cancellationToken = default);

    /// <summary>Every reference, by id, read page by page.</summary>
    IAsyncEnumerable<FaceReference> ReadAllReferencesAsync(CancellationToken cancellationToken = default);

    /// <summary>References of known people who have not expired, at even distances of the order of enrolment; all of them where there are
    /// no more than asked for.</summary>
    /// <param name="count">How many at most, 1 or more.</param>
    /// <param name="now">People who have expired by then are left out.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <remarks>Reads all references unless the store knows better.</remarks>
    async Task<IReadOnlyList<FaceReference>> ReadSampleAsync(int count, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        HashSet<Guid> expired = [];
        await foreach (Person person in ReadPeopleAsync(cancellationToken).ConfigureAwait(false))
            if (person.IsExpiredAt(now) || person.Kind != PersonKind.Known)
                expired.Add(person.Id);
        List<FaceReference> active = [];
        await foreach (FaceReference reference in ReadAllReferencesAsync(cancellationToken).ConfigureAwait(false))
            if (!expired.Contains(reference.PersonId))
                active.Add(reference);
        return active.Count <= count ? active : [.. Enumerable.Range(0, count).Select(i => active[(int)((long)i * active.Count / count)])];
    }

    /// <summary>The audit log from an entry to the last.</summary>
    /// <param name="after">Entries of larger numbers are read; 0 for all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    IAsyncEnumerable<AuditEntry> ReadAuditAsync(long after = 0, CancellationToken cancellationToken = default);

    /// <summary>The audit entries about one person, in order.</summary>
    /// <remarks>Reads the whole log unless the store knows better.</remarks>
    async Task<IReadOnlyList<AuditEntry>> ReadHistoryAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        List<AuditEntry> history = [];
        await foreach (AuditEntry entry in ReadAuditAsync(0, cancellationToken).ConfigureAwait(false))
            if (entry.Event.PersonId == personId)
                history.Add(entry);
        return history;
    }

    /// <summary>How much is held.</summary>
    /// <param name="now">People who have expired by then are counted apart.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<GalleryCounts> CountAsync(DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Writes all that is held at one moment into another gallery that was just made, with the log but its first entry.</summary>
    /// <param name="target">Takes it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <remarks>Fails where something was changed meanwhile, unless the store can read as of one moment.</remarks>
    /// <exception cref="GalleryConflictException">Something was changed meanwhile; run it again.</exception>
    async Task CopyToAsync(IGalleryTransaction target, CancellationToken cancellationToken = default)
    {
        AuditHead? before = await ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
        await GalleryCopy
            .RunAsync(ReadPeopleAsync(cancellationToken), ReadAuditAsync(0, cancellationToken), this, target, cancellationToken)
            .ConfigureAwait(false);
        if (await ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false) != before)
            throw new GalleryConflictException($"{Address} was changed while it was copied; nothing was kept, run it again");
    }

    /// <summary>Called after removals: leaves nothing of what was removed in free pages or logs that the store keeps.</summary>
    /// <exception cref="GalleryStorageException">It cannot be done now; what was removed stays removed.</exception>
    Task EraseRemovedAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether something was removed and not yet erased.</summary>
    Task<bool> IsErasureDueAsync(CancellationToken cancellationToken = default) => Task.FromResult(false);
}
