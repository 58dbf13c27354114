using Semblance.Gallery.Audit;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery;

/// <summary>Everything that changes a gallery, each in one transaction with its audit entry.</summary>
internal sealed class GalleryWriter(IGalleryStore store, TimeProvider clock)
{
    private readonly OrderedIds _ids = new();

    public Task RecordAsync(AuditAction action, string detail, CancellationToken cancellationToken) =>
        store.WriteAsync(transaction => AppendAsync(transaction, action, null, 0, detail, cancellationToken), cancellationToken);

    public Task<Enrolment> EnrolAsync(
        PersonDraft draft,
        IReadOnlyList<ReferenceDraft> references,
        EnrolOptions options,
        CancellationToken cancellationToken
    )
    {
        PersonName.Check(draft.Name);
        return store.WriteAsync(
            async transaction =>
            {
                Person? known = await ResolveAsync(transaction, draft, options.KnownName, cancellationToken).ConfigureAwait(false);
                if (known is not null)
                    return await AddAsync(transaction, known, isNew: false, references, cancellationToken).ConfigureAwait(false);
                CheckConsent(draft.ConsentReference, draft.Name);
                Person person = new()
                {
                    Id = NewId(),
                    Name = draft.Name,
                    Metadata = draft.Metadata,
                    ConsentReference = draft.ConsentReference,
                    ExpiresAt = draft.ExpiresAt,
                    EnrolledAt = Now(),
                };
                await transaction.InsertPersonAsync(person, cancellationToken).ConfigureAwait(false);
                await AppendAsync(transaction, AuditAction.PersonEnrolled, person.Id, 0, null, cancellationToken).ConfigureAwait(false);
                return await AddAsync(transaction, person, isNew: true, references, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken
        );
    }

    public Task<Enrolment> AddReferencesAsync(
        Guid personId,
        IReadOnlyList<ReferenceDraft> references,
        CancellationToken cancellationToken
    ) =>
        store.WriteAsync(
            async transaction =>
                await AddAsync(
                        transaction,
                        await RequireAsync(transaction, personId, cancellationToken).ConfigureAwait(false),
                        isNew: false,
                        references,
                        cancellationToken
                    )
                    .ConfigureAwait(false),
            cancellationToken
        );

    public Task<Person> UpdateAsync(Guid personId, Func<Person, Person> change, CancellationToken cancellationToken) =>
        store.WriteAsync(
            async transaction =>
            {
                Person before = await RequireAsync(transaction, personId, cancellationToken).ConfigureAwait(false);
                Person after = change(before) with { Id = before.Id, EnrolledAt = before.EnrolledAt };
                PersonName.Check(after.Name);
                CheckConsent(after.ConsentReference, after.Name);
                await transaction.UpdatePersonAsync(after, cancellationToken).ConfigureAwait(false);
                await AppendAsync(transaction, AuditAction.PersonUpdated, personId, 0, null, cancellationToken).ConfigureAwait(false);
                return after;
            },
            cancellationToken
        );

    public async Task<AuditEntry> RemoveAsync(Guid personId, CancellationToken cancellationToken)
    {
        AuditEntry entry = await store
            .WriteAsync(
                transaction => RemoveInAsync(transaction, personId, AuditAction.PersonRemoved, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        await store.EraseRemovedAsync(cancellationToken).ConfigureAwait(false);
        return entry;
    }

    public async Task<AuditEntry> RemoveReferenceAsync(Guid referenceId, CancellationToken cancellationToken)
    {
        AuditEntry entry = await store
            .WriteAsync(
                async transaction =>
                {
                    FaceReference reference = await transaction.FindReferenceAsync(referenceId, cancellationToken).ConfigureAwait(false)
                        ?? throw new GalleryException(
                            $"{store.Address} has no reference {referenceId}; 'semblance gallery show' lists a person's references"
                        );
                    await transaction.RemoveReferenceAsync(referenceId, cancellationToken).ConfigureAwait(false);
                    return await AppendAsync(transaction, AuditAction.ReferencesRemoved, reference.PersonId, 1, null, cancellationToken)
                        .ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        await store.EraseRemovedAsync(cancellationToken).ConfigureAwait(false);
        return entry;
    }

    public async Task<IReadOnlyList<AuditEntry>> PurgeAsync(CancellationToken cancellationToken)
    {
        List<Guid> expired = [];
        await foreach (Person person in store.ReadPeopleAsync(cancellationToken).ConfigureAwait(false))
            if (person.IsExpiredAt(clock.GetUtcNow()))
                expired.Add(person.Id);
        IReadOnlyList<AuditEntry> entries =
            expired.Count == 0
                ? []
                : await store
                    .WriteAsync(
                        async transaction =>
                        {
                            List<AuditEntry> removed = [];
                            foreach (Guid id in expired)
                            {
                                // Somebody may have been removed or given more time meanwhile.
                                if (
                                    await transaction.FindPersonAsync(id, cancellationToken).ConfigureAwait(false) is not { } person
                                    || !person.IsExpiredAt(clock.GetUtcNow())
                                )
                                    continue;
                                removed.Add(
                                    await RemoveInAsync(transaction, id, AuditAction.PersonExpired, cancellationToken).ConfigureAwait(false)
                                );
                            }
                            return (IReadOnlyList<AuditEntry>)removed;
                        },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
        // Also what an earlier removal was kept from erasing.
        await store.EraseRemovedAsync(cancellationToken).ConfigureAwait(false);
        return entries;
    }

    /// <summary>Reads everything about a person at one moment and records that it was handed out; the history is still missing.</summary>
    public Task<PersonExport> ReadForExportAsync(Guid personId, CancellationToken cancellationToken) =>
        store.WriteAsync(
            async transaction =>
            {
                Person person = await RequireAsync(transaction, personId, cancellationToken).ConfigureAwait(false);
                IReadOnlyList<FaceReference> references = await transaction
                    .ReadReferencesAsync(personId, cancellationToken)
                    .ConfigureAwait(false);
                Dictionary<Guid, ReadOnlyMemory<byte>> crops = [];
                foreach (FaceReference reference in references.Where(reference => reference.HasCrop))
                    crops[reference.Id] = await transaction.ReadCropAsync(reference.Id, cancellationToken).ConfigureAwait(false);
                await AppendAsync(transaction, AuditAction.PersonExported, personId, references.Count, null, cancellationToken)
                    .ConfigureAwait(false);
                return new PersonExport(person, references, crops, []);
            },
            cancellationToken
        );

    public Task<int> ReplaceVectorsAsync(
        IReadOnlyList<FaceReference> references,
        GalleryContract contract,
        AuditHead? before,
        CancellationToken cancellationToken
    ) =>
        store.WriteAsync(
            async transaction =>
            {
                if (await transaction.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false) != before)
                    throw new GalleryException(
                        $"{store.Address} was changed while its references were embedded anew; nothing was replaced, run it again"
                    );
                await transaction.UpdateSettingsAsync(store.Settings with { Contract = contract }, cancellationToken).ConfigureAwait(false);
                foreach (FaceReference reference in references)
                    await transaction.UpdateReferenceAsync(reference, cancellationToken).ConfigureAwait(false);
                await AppendAsync(
                        transaction,
                        AuditAction.Reembedded,
                        null,
                        references.Count,
                        $"embedder {contract.Embedder}",
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                return references.Count;
            },
            cancellationToken
        );

    /// <summary>Adds an entry that follows the newest.</summary>
    public async Task<AuditEntry> AppendAsync(
        IGalleryTransaction transaction,
        AuditAction action,
        Guid? personId,
        int references,
        string? detail,
        CancellationToken cancellationToken
    )
    {
        AuditHead? head = await transaction.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
        AuditEntry entry = AuditChain.Next(head, new(clock.GetUtcNow(), action, personId, references, detail));
        await transaction.AppendAuditAsync(entry, cancellationToken).ConfigureAwait(false);
        return entry;
    }

    private async Task<Person?> ResolveAsync(
        IGalleryTransaction transaction,
        PersonDraft draft,
        KnownName rule,
        CancellationToken cancellationToken
    )
    {
        if (rule == KnownName.AnotherPerson)
            return null;
        IReadOnlyList<Person> named = await transaction.FindPeopleNamedAsync(draft.Name, cancellationToken).ConfigureAwait(false);
        Person[] active = [.. named.Where(person => !person.IsExpiredAt(clock.GetUtcNow()))];
        if (active.Length > 1 || (active.Length == 1 && rule == KnownName.Refuse))
            throw new AmbiguousNameException(store.Address, draft.Name, [.. active.Select(p => p.Id)]);
        return active.SingleOrDefault();
    }

    private async Task<Enrolment> AddAsync(
        IGalleryTransaction transaction,
        Person person,
        bool isNew,
        IReadOnlyList<ReferenceDraft> drafts,
        CancellationToken cancellationToken
    )
    {
        if (person.IsExpiredAt(clock.GetUtcNow()))
            throw new GalleryException($"{store.Address}: {person.Name} expired at {person.ExpiresAt:u}; give more time or enrol anew");
        IReadOnlyList<FaceReference> held = isNew
            ? []
            : await transaction.ReadReferencesAsync(person.Id, cancellationToken).ConfigureAwait(false);
        // Another process may have embedded the gallery anew since the faces were checked.
        foreach (ReferenceDraft draft in drafts)
            if (!store.Settings.Contract.Accepts(draft.Embedding))
                throw new GalleryContractException(store.Address, store.Settings.Contract, draft.Embedding.Model, draft.Embedding.Contract);
        HashSet<string> known = [.. held.Select(reference => reference.SourceHash).OfType<string>()];
        List<FaceReference> added = [];
        List<ReferenceDraft> already = [];
        foreach (ReferenceDraft draft in drafts)
        {
            if (draft.SourceHash is { } hash && !known.Add(hash))
            {
                already.Add(draft);
                continue;
            }
            bool keep = store.Settings.KeepCrops && !draft.Crop.IsEmpty;
            FaceReference reference = new()
            {
                Id = NewId(),
                PersonId = person.Id,
                Vector = draft.Embedding.Vector,
                Norm = draft.Embedding.Norm,
                Quality = draft.Quality,
                Source = draft.Source,
                SourceHash = draft.SourceHash,
                HasCrop = keep,
                EnrolledAt = Now(),
            };
            await transaction.InsertReferenceAsync(reference, keep ? draft.Crop : default, cancellationToken).ConfigureAwait(false);
            added.Add(reference);
        }
        if (added.Count > 0)
            await AppendAsync(transaction, AuditAction.ReferencesAdded, person.Id, added.Count, null, cancellationToken)
                .ConfigureAwait(false);
        return new(person, isNew, added, already);
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
            throw new PersonNotFoundException(store.Address, personId.ToString());
        return await AppendAsync(transaction, action, personId, references.Count, null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Person> RequireAsync(IGalleryTransaction transaction, Guid personId, CancellationToken cancellationToken) =>
        await transaction.FindPersonAsync(personId, cancellationToken).ConfigureAwait(false)
        ?? throw new PersonNotFoundException(store.Address, personId.ToString());

    private void CheckConsent(string? consent, string name)
    {
        if (store.Settings.RequireConsent && string.IsNullOrWhiteSpace(consent))
            throw new ConsentRequiredException(store.Address, name);
    }

    private Guid NewId() => _ids.Next(clock.GetUtcNow());

    /// <summary>Times are kept to the millisecond, so that what is returned is what is read later.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
