using System.Runtime.CompilerServices;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Changing;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery;

// What is held, and what was done with it.
public sealed partial class FaceGallery
{
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
    public Task<AuditEntry?> FindUndoableAsync(Guid personId, CancellationToken cancellationToken = default) =>
        new Undoing(_journal).FindAsync(personId, cancellationToken);

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
}
