using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Changing;

/// <summary>Adds people and references, each in one transaction with its audit entry.</summary>
internal sealed class Enroller(ChangeJournal journal)
{
    public Task<Enrolment> EnrolAsync(
        PersonDraft draft,
        IReadOnlyList<ReferenceDraft> references,
        EnrolOptions options,
        CancellationToken cancellationToken
    )
    {
        PersonText.Check(draft);
        return journal.Store.WriteAsync(
            async transaction =>
            {
                Person? known = await ResolveAsync(transaction, draft, options.KnownName, cancellationToken).ConfigureAwait(false);
                if (known is not null)
                    return await AddAsync(transaction, known, isNew: false, references, cancellationToken).ConfigureAwait(false);
                journal.CheckConsent(draft.ConsentReference, draft.Name);
                Person person = NewPerson(draft);
                await transaction.InsertPersonAsync(person, cancellationToken).ConfigureAwait(false);
                await journal
                    .AppendAsync(transaction, AuditAction.PersonEnrolled, person.Id, 0, null, cancellationToken)
                    .ConfigureAwait(false);
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
        journal.Store.WriteAsync(
            async transaction =>
                await AddAsync(
                        transaction,
                        await journal.RequireAsync(transaction, personId, cancellationToken).ConfigureAwait(false),
                        isNew: false,
                        references,
                        cancellationToken
                    )
                    .ConfigureAwait(false),
            cancellationToken
        );

    /// <summary>A person who is not held yet.</summary>
    public Person NewPerson(PersonDraft draft) =>
        new()
        {
            Id = journal.NewId(),
            Name = draft.Name,
            Metadata = draft.Metadata,
            ConsentReference = draft.ConsentReference,
            ExpiresAt = draft.ExpiresAt,
            ExternalId = draft.ExternalId,
            Tags = draft.Tags,
            EnrolledAt = journal.Now(),
        };

    /// <summary>Adds references to somebody who is held; a picture that they have a reference of is left out.</summary>
    public async Task<Enrolment> AddAsync(
        IGalleryTransaction transaction,
        Person person,
        bool isNew,
        IReadOnlyList<ReferenceDraft> drafts,
        CancellationToken cancellationToken
    )
    {
        IGalleryStore store = journal.Store;
        if (person.IsExpiredAt(journal.Time))
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
            ReadOnlyMemory<byte> crop = store.Settings.KeepCrops ? draft.Crop : default;
            FaceReference reference = ReferenceOf(draft, person.Id, !crop.IsEmpty);
            reference = reference with { Digest = journal.Digest.Of(reference, crop.Span) };
            await transaction.InsertReferenceAsync(reference, crop, cancellationToken).ConfigureAwait(false);
            added.Add(reference);
        }
        if (added.Count > 0)
            await journal
                .AppendAsync(transaction, AuditAction.ReferencesAdded, person.Id, added.Count, null, cancellationToken)
                .ConfigureAwait(false);
        return new(person, isNew, added, already);
    }

    private FaceReference ReferenceOf(ReferenceDraft draft, Guid personId, bool hasCrop) =>
        new()
        {
            Id = journal.NewId(),
            PersonId = personId,
            Vector = draft.Embedding.Vector,
            Norm = draft.Embedding.Norm,
            Baseline = journal.Store.Settings.Contract.Cohort is null ? null : draft.Embedding.Baseline,
            Quality = draft.Quality,
            Source = draft.Source,
            SourceHash = draft.SourceHash,
            ExternalId = draft.ExternalId,
            Tags = draft.Tags,
            Locked = draft.Locked,
            HasCrop = hasCrop,
            EnrolledAt = journal.Now(),
        };

    private async Task<Person?> ResolveAsync(
        IGalleryTransaction transaction,
        PersonDraft draft,
        KnownName rule,
        CancellationToken cancellationToken
    )
    {
        if (
            draft.ExternalId is { } outside
            && await transaction.FindPersonByExternalIdAsync(outside, cancellationToken).ConfigureAwait(false) is { } same
        )
            return rule == KnownName.AddReferences
                ? same
                : throw new GalleryConflictException(
                    $"{journal.Store.Address}: {same.Name} ({same.Id}) has the outside id '{outside}' already"
                );
        if (rule == KnownName.AnotherPerson)
            return null;
        IReadOnlyList<Person> named = await transaction.FindPeopleNamedAsync(draft.Name, cancellationToken).ConfigureAwait(false);
        // Who has another outside id is another person, whatever the name.
        Person[] active =
        [
            .. named.Where(person =>
                person.Kind == PersonKind.Known
                && !person.IsExpiredAt(journal.Time)
                && (draft.ExternalId is null || person.ExternalId is null)
            ),
        ];
        if (active.Length > 1 || (active.Length == 1 && rule == KnownName.Refuse))
            throw new AmbiguousNameException(journal.Store.Address, draft.Name, [.. active.Select(p => p.Id)]);
        return active.SingleOrDefault();
    }
}
