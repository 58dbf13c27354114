using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Changing;

/// <summary>
/// Brings what is held up to date without pictures: baselines against another cohort, and people of before there were digests bound to the
/// log. In one transaction; where nothing is to be done nothing is written.
/// </summary>
internal sealed class Upgrader(ChangeJournal journal)
{
    /// <summary>Upgrades.</summary>
    /// <param name="contract">The contract from now on: that of the gallery, or the same with another cohort.</param>
    /// <param name="baselineOf">Baseline of a vector in the contract's cohort; null where it has none.</param>
    /// <param name="progress">Told how many references were measured.</param>
    /// <param name="cancellationToken">Stops the work; then everything stays as it was.</param>
    public async Task<GalleryUpgrade> RunAsync(
        GalleryContract contract,
        Func<ReadOnlyMemory<float>, float>? baselineOf,
        IProgress<int>? progress,
        CancellationToken cancellationToken
    )
    {
        IGalleryStore store = journal.Store;
        AuditHead? head = await store.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
        bool measures = contract.Cohort != store.Settings.Contract.Cohort;
        HashSet<Guid> bound = measures ? [] : await BoundAsync(cancellationToken).ConfigureAwait(false);
        List<Guid> people = [];
        await foreach (Person person in store.ReadPeopleAsync(cancellationToken).ConfigureAwait(false))
            if (!bound.Contains(person.Id))
                people.Add(person.Id);
        if (people.Count == 0 && !measures)
            return new(0, 0, contract);
        int measured = 0;
        return await store
            .WriteAsync(
                async transaction =>
                {
                    if (await transaction.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false) != head)
                        throw new GalleryConflictException(
                            $"{store.Address} was changed while it was upgraded; nothing was written, run it again"
                        );
                    measured = 0;
                    if (measures)
                        await transaction
                            .UpdateSettingsAsync(store.Settings with { Contract = contract }, cancellationToken)
                            .ConfigureAwait(false);
                    string detail = measures ? $"cohort {contract.Cohort ?? "none"}" : "people bound to the log";
                    await journal.AppendAsync(transaction, AuditAction.Upgraded, null, 0, detail, cancellationToken).ConfigureAwait(false);
                    foreach (Guid person in people)
                        await UpgradeAsync(transaction, person).ConfigureAwait(false);
                    return new GalleryUpgrade(people.Count, measured, contract);
                },
                cancellationToken
            )
            .ConfigureAwait(false);

        async Task UpgradeAsync(IGalleryTransaction transaction, Guid person)
        {
            foreach (FaceReference held in await transaction.ReadReferencesAsync(person, cancellationToken).ConfigureAwait(false))
            {
                FaceReference reference = measures ? held with { Baseline = baselineOf?.Invoke(held.Vector) } : held;
                ReadOnlyMemory<byte> crop = held.HasCrop
                    ? await transaction.ReadCropAsync(held.Id, cancellationToken).ConfigureAwait(false)
                    : default;
                await transaction
                    .UpdateReferenceAsync(reference with { Digest = journal.Digest.Of(reference, crop.Span) }, cancellationToken)
                    .ConfigureAwait(false);
                if (!measures)
                    continue;
                measured++;
                progress?.Report(measured);
            }
            await journal.AppendAsync(transaction, AuditAction.PersonBound, person, 0, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Everybody whom the log binds.</summary>
    private async Task<HashSet<Guid>> BoundAsync(CancellationToken cancellationToken)
    {
        HashSet<Guid> bound = [];
        await foreach (AuditEntry entry in journal.Store.ReadAuditAsync(0, cancellationToken).ConfigureAwait(false))
            if (entry.Event is { PersonId: { } id, Digest: not null })
                bound.Add(id);
        return bound;
    }
}
