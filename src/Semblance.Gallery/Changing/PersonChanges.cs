using Semblance.Gallery.Audit;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Changing;

/// <summary>Changes and removes people, each in one transaction with its audit entry.</summary>
internal sealed class PersonChanges(ChangeJournal journal, Erasure erasure)
{
    public Task<Person> UpdateAsync(Guid personId, Func<Person, Person> change, CancellationToken cancellationToken) =>
        UndoPoint.WriteAsync(
            journal,
            async (transaction, point) =>
            {
                Person before = await journal.RequireAsync(transaction, personId, cancellationToken).ConfigureAwait(false);
                Person after = change(before) with { Id = before.Id, EnrolledAt = before.EnrolledAt };
                PersonText.CheckChange(before, after);
                if (after.Kind == PersonKind.Known)
                    journal.CheckConsent(after.ConsentReference, after.Name);
                await journal.CheckExternalIdAsync(transaction, after, cancellationToken).ConfigureAwait(false);
                if (after.Cover is { } cover && cover != before.Cover)
                {
                    FaceReference shown = await journal.RequireReferenceAsync(transaction, cover, cancellationToken).ConfigureAwait(false);
                    if (shown.PersonId != personId)
                        throw new GalleryConflictException($"reference {cover} is of another person, so it cannot stand for {after.Name}");
                }
                await transaction.UpdatePersonAsync(after, cancellationToken).ConfigureAwait(false);
                AuditEntry entry = await journal
                    .AppendAsync(transaction, AuditAction.PersonUpdated, personId, 0, null, cancellationToken)
                    .ConfigureAwait(false);
                await point.KeepAsync(entry, [before], [], cancellationToken).ConfigureAwait(false);
                return after;
            },
            cancellationToken
        );

    /// <summary>Gives all references of one person to another and removes the first.</summary>
    public Task<Person> MergeAsync(Guid fromId, Guid intoId, CancellationToken cancellationToken) =>
        UndoPoint.WriteAsync(
            journal,
            (transaction, point) => MergeInAsync(transaction, point, fromId, intoId, cancellationToken),
            cancellationToken
        );

    public async Task<Person> MergeInAsync(
        IGalleryTransaction transaction,
        UndoPoint point,
        Guid fromId,
        Guid intoId,
        CancellationToken cancellationToken
    )
    {
        Person origin = await journal.RequireAsync(transaction, fromId, cancellationToken).ConfigureAwait(false),
            into = await journal.RequireAsync(transaction, intoId, cancellationToken).ConfigureAwait(false);
        if (fromId == intoId)
            throw new GalleryConflictException($"{origin.Name} cannot be merged into themselves");
        Person[] before = [into, origin];
        IReadOnlyList<FaceReference> references = await transaction.ReadReferencesAsync(fromId, cancellationToken).ConfigureAwait(false);
        HashSet<string> known =
        [
            .. (await transaction.ReadReferencesAsync(intoId, cancellationToken).ConfigureAwait(false))
                .Select(reference => reference.SourceHash)
                .OfType<string>(),
        ];
        // A picture that both have stays once.
        FaceReference[] twice = [.. references.Where(reference => reference.SourceHash is { } hash && known.Contains(hash))];
        foreach (FaceReference reference in twice)
            await transaction.RemoveReferenceAsync(reference.Id, cancellationToken).ConfigureAwait(false);
        if (twice.Length > 0)
            await journal
                .AppendAsync(transaction, AuditAction.ReferencesRemoved, fromId, twice.Length, null, cancellationToken)
                .ConfigureAwait(false);
        await new ReferenceMove(journal)
            .RunAsync(transaction, [.. references.Except(twice)], origin, into, locked: null, cancellationToken)
            .ConfigureAwait(false);
        // Keys of the caller's keep their meaning where the person who stays has none.
        if (into.ExternalId is null && origin.ExternalId is { } outside)
        {
            await transaction.UpdatePersonAsync(origin with { ExternalId = null }, cancellationToken).ConfigureAwait(false);
            into = into with { ExternalId = outside };
        }
        into = into with { Tags = [.. into.Tags.Union(origin.Tags)] };
        await transaction.UpdatePersonAsync(into, cancellationToken).ConfigureAwait(false);
        AuditEntry entry = await journal
            .AppendAsync(transaction, AuditAction.PersonUpdated, intoId, 0, null, cancellationToken)
            .ConfigureAwait(false);
        await transaction.RemovePersonAsync(fromId, cancellationToken).ConfigureAwait(false);
        await journal
            .AppendAsync(transaction, AuditAction.PersonMerged, fromId, 0, $"into {intoId}", cancellationToken)
            .ConfigureAwait(false);
        // A reference that was removed does not come back, so neither does the person who had it.
        if (twice.Length == 0)
            await point.KeepAsync(entry, before, references, cancellationToken).ConfigureAwait(false);
        return into;
    }

    public async Task<AuditEntry> RemoveAsync(Guid personId, CancellationToken cancellationToken)
    {
        AuditEntry entry = await journal
            .Store.WriteAsync(
                transaction => RemoveInAsync(transaction, personId, AuditAction.PersonRemoved, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        await erasure.AfterAsync([entry], cancellationToken).ConfigureAwait(false);
        return entry;
    }

    public async Task<IReadOnlyList<AuditEntry>> PurgeAsync(CancellationToken cancellationToken)
    {
        List<Guid> expired = [];
        await foreach (Person person in journal.Store.ReadPeopleAsync(cancellationToken).ConfigureAwait(false))
            if (person.IsExpiredAt(journal.Time))
                expired.Add(person.Id);
        IReadOnlyList<AuditEntry> entries = await journal
            .Store.WriteAsync(transaction => PurgeInAsync(transaction, expired, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        // Also what an earlier removal was kept from erasing.
        await erasure.RunAsync(entries, cancellationToken).ConfigureAwait(false);
        return entries;
    }

    /// <summary>Reads everything about a person at one moment and records that it was handed out; the history is still missing.</summary>
    public Task<PersonExport> ReadForExportAsync(Guid personId, CancellationToken cancellationToken) =>
        journal.Store.WriteAsync(
            async transaction =>
            {
                Person person = await journal.RequireAsync(transaction, personId, cancellationToken).ConfigureAwait(false);
                IReadOnlyList<FaceReference> references = await transaction
                    .ReadReferencesAsync(personId, cancellationToken)
                    .ConfigureAwait(false);
                Dictionary<Guid, ReadOnlyMemory<byte>> crops = [];
                foreach (FaceReference reference in references.Where(reference => reference.HasCrop))
                    crops[reference.Id] = await transaction.ReadCropAsync(reference.Id, cancellationToken).ConfigureAwait(false);
                await journal
                    .AppendAsync(transaction, AuditAction.PersonExported, personId, references.Count, null, cancellationToken)
                    .ConfigureAwait(false);
                return new PersonExport(person, references, crops, []);
            },
            cancellationToken
        );

    private async Task<IReadOnlyList<AuditEntry>> PurgeInAsync(
        IGalleryTransaction transaction,
        List<Guid> expired,
        CancellationToken cancellationToken
    )
    {
        await transaction.RemoveNotesAsync(journal.Now() - StoreNote.Lifetime, cancellationToken).ConfigureAwait(false);
        List<AuditEntry> removed = [];
        foreach (Guid id in expired)
        {
            // Somebody may have been removed or given more time meanwhile.
            if (
                await transaction.FindPersonAsync(id, cancellationToken).ConfigureAwait(false) is not { } person
                || !person.IsExpiredAt(journal.Time)
            )
                continue;
            removed.Add(await RemoveInAsync(transaction, id, AuditAction.PersonExpired, cancellationToken).ConfigureAwait(false));
        }
        return removed;
    }

    private async Task<AuditEntry> RemoveInAsync(
        IGalleryTransaction transaction,
        Guid personId,
        AuditAction action,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<FaceReference> references = await transaction.ReadReferencesAsync(personId, cancellationToken).ConfigureAwait(false);
        if (!await transaction.RemovePersonAsync(personId, cancellationToken).ConfigureAwait(false))
            throw new PersonNotFoundException(journal.Store.Address, personId.ToString());
        return await journal.AppendAsync(transaction, action, personId, references.Count, null, cancellationToken).ConfigureAwait(false);
    }
}
