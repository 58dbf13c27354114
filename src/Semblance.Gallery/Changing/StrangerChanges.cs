using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Storage;
using Semblance.Matching;

namespace Semblance.Gallery.Changing;

/// <summary>Keeps unknown faces in groups that expire, and gives groups a name.</summary>
internal sealed class StrangerChanges(ChangeJournal journal, Enroller enroller, PersonChanges people, FaceMatcher? matcher)
{
    /// <summary>What strangers are called where a name must stand.</summary>
    private const string Name = "unknown";

    public async Task<IReadOnlyList<StrangerSighting>> KeepAsync(
        IReadOnlyList<ReferenceDraft> faces,
        StrangerOptions options,
        CancellationToken cancellationToken
    )
    {
        options.Validate();
        if (journal.Store.Settings.RequireConsent)
            throw new ConsentRequiredException(journal.Store.Address, Name);
        double threshold = options.Threshold ?? Table.ThresholdFor(options.FalseMatchRate);
        List<StrangerSighting> sightings = [];
        // One after the other, so that a face finds the group that one before it has made.
        foreach (ReferenceDraft face in faces)
            sightings.Add(await KeepOneAsync(face, threshold, options, cancellationToken).ConfigureAwait(false));
        return sightings;
    }

    /// <summary>Makes a group a known person.</summary>
    public Task<Person> NameAsync(Guid strangerId, PersonDraft draft, CancellationToken cancellationToken)
    {
        PersonText.Check(draft);
        return UndoPoint.WriteAsync(
            journal,
            async (transaction, point) =>
            {
                Person stranger = await RequireAsync(transaction, strangerId, cancellationToken).ConfigureAwait(false);
                journal.CheckConsent(draft.ConsentReference, draft.Name);
                Person person = stranger with
                {
                    Kind = PersonKind.Known,
                    Name = draft.Name,
                    Metadata = draft.Metadata,
                    ConsentReference = draft.ConsentReference,
                    ExpiresAt = draft.ExpiresAt,
                    ExternalId = draft.ExternalId,
                    Tags = draft.Tags,
                };
                await journal.CheckExternalIdAsync(transaction, person, cancellationToken).ConfigureAwait(false);
                await transaction.UpdatePersonAsync(person, cancellationToken).ConfigureAwait(false);
                AuditEntry entry = await journal
                    .AppendAsync(transaction, AuditAction.PersonUpdated, strangerId, 0, "named", cancellationToken)
                    .ConfigureAwait(false);
                await point.KeepAsync(entry, [stranger], [], cancellationToken).ConfigureAwait(false);
                return person;
            },
            cancellationToken
        );
    }

    /// <summary>Gives a group's faces to somebody who is known.</summary>
    public Task<Person> AddToAsync(Guid strangerId, Guid personId, CancellationToken cancellationToken) =>
        UndoPoint.WriteAsync(
            journal,
            async (transaction, point) =>
            {
                _ = await RequireAsync(transaction, strangerId, cancellationToken).ConfigureAwait(false);
                return await people.MergeInAsync(transaction, point, strangerId, personId, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken
        );

    private ThresholdTable Table =>
        matcher?.Thresholds
        ?? throw new GalleryException(
            $"no threshold is known for faces of {journal.Store.Settings.Contract.Embedder}; give one to group strangers by"
        );

    private async Task<Person> RequireAsync(IGalleryTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        Person person = await journal.RequireAsync(transaction, id, cancellationToken).ConfigureAwait(false);
        return person.Kind != PersonKind.Known
            ? person
            : throw new GalleryConflictException($"{person.Name} ({id}) is a known person, not a stranger");
    }

    private async Task<StrangerSighting> KeepOneAsync(
        ReferenceDraft face,
        double threshold,
        StrangerOptions options,
        CancellationToken cancellationToken
    )
    {
        (PersonHit Hit, double Score)? nearest = null;
        foreach (PersonKind kind in (PersonKind[])[PersonKind.Stranger, PersonKind.Ignored])
        {
            PersonSearch search = new()
            {
                Probes = [face.Embedding.Vector],
                Count = 1,
                Fusion = ReferenceFusion.Best,
                Kind = kind,
                Now = journal.Time,
            };
            if ((await journal.Store.SearchAsync(search, cancellationToken).ConfigureAwait(false))[0] is not [var hit, ..])
                continue;
            double score = hit.Rank + FusedSimilarity.BiasOf(face.Embedding.Baseline);
            if (score >= threshold && !(score <= nearest?.Score))
                nearest = (hit, score);
        }
        return await journal
            .Store.WriteAsync(
                async transaction =>
                    nearest is { } found
                    && await transaction.FindPersonAsync(found.Hit.Person.Id, cancellationToken).ConfigureAwait(false) is { } group
                    && group.Kind != PersonKind.Known
                        ? await JoinAsync(transaction, group, face, found.Score, options, cancellationToken).ConfigureAwait(false)
                        : await StartAsync(transaction, face, options, cancellationToken).ConfigureAwait(false),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<StrangerSighting> JoinAsync(
        IGalleryTransaction transaction,
        Person group,
        ReferenceDraft face,
        double score,
        StrangerOptions options,
        CancellationToken cancellationToken
    )
    {
        Person renewed = group with { ExpiresAt = journal.Now() + options.Lifetime };
        await transaction.UpdatePersonAsync(renewed, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<FaceReference> held = await transaction.ReadReferencesAsync(group.Id, cancellationToken).ConfigureAwait(false);
        bool keep = group.Kind == PersonKind.Stranger && held.Count < options.MostReferences;
        Enrolment? enrolment = keep
            ? await enroller.AddAsync(transaction, renewed, isNew: false, [face], cancellationToken).ConfigureAwait(false)
            : null;
        if (enrolment is not { Added.Count: > 0 })
            await journal
                .AppendAsync(transaction, AuditAction.PersonUpdated, group.Id, 0, "seen again", cancellationToken)
                .ConfigureAwait(false);
        return new(renewed, IsNew: false, enrolment is { Added: [var added] } ? added : null, score);
    }

    private async Task<StrangerSighting> StartAsync(
        IGalleryTransaction transaction,
        ReferenceDraft face,
        StrangerOptions options,
        CancellationToken cancellationToken
    )
    {
        Person group = enroller.NewPerson(new(Name) { ExpiresAt = journal.Now() + options.Lifetime }) with { Kind = PersonKind.Stranger };
        await transaction.InsertPersonAsync(group, cancellationToken).ConfigureAwait(false);
        await journal
            .AppendAsync(transaction, AuditAction.PersonEnrolled, group.Id, 0, "stranger", cancellationToken)
            .ConfigureAwait(false);
        Enrolment enrolment = await enroller.AddAsync(transaction, group, isNew: true, [face], cancellationToken).ConfigureAwait(false);
        return new(group, IsNew: true, enrolment.Added[0], null);
    }
}
