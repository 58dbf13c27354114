using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Changing;

/// <summary>Changes, moves and removes references, each in one transaction with its audit entry.</summary>
internal sealed class ReferenceChanges(ChangeJournal journal, Erasure erasure)
{
    /// <summary>Changes what a caller may: source, outside id, tags, lock.</summary>
    public Task<FaceReference> UpdateAsync(
        Guid referenceId,
        Func<FaceReference, FaceReference> change,
        CancellationToken cancellationToken
    ) =>
        UndoPoint.WriteAsync(
            journal,
            async (transaction, point) =>
            {
                FaceReference before = await journal
                    .RequireReferenceAsync(transaction, referenceId, cancellationToken)
                    .ConfigureAwait(false);
                Person owner = await journal.RequireAsync(transaction, before.PersonId, cancellationToken).ConfigureAwait(false);
                FaceReference asked = change(before),
                    after = before with { Source = asked.Source, ExternalId = asked.ExternalId, Tags = asked.Tags, Locked = asked.Locked };
                PersonText.Check(after.ExternalId, after.Tags);
                if (after.Source != before.Source)
                    PersonText.CheckSource(after.Source);
                ReadOnlyMemory<byte> crop = after.HasCrop
                    ? await transaction.ReadCropAsync(referenceId, cancellationToken).ConfigureAwait(false)
                    : default;
                after = after with { Digest = journal.Digest.Of(after, crop.Span) };
                await transaction.UpdateReferenceAsync(after, cancellationToken).ConfigureAwait(false);
                AuditEntry entry = await journal
                    .AppendAsync(transaction, AuditAction.ReferenceUpdated, after.PersonId, 1, null, cancellationToken)
                    .ConfigureAwait(false);
                await point.KeepAsync(entry, [owner], [before], cancellationToken).ConfigureAwait(false);
                return after;
            },
            cancellationToken
        );

    /// <summary>Gives a reference to another person; it is decided by hand from then on.</summary>
    public Task<FaceReference> MoveAsync(Guid referenceId, Guid personId, CancellationToken cancellationToken) =>
        UndoPoint.WriteAsync(
            journal,
            async (transaction, point) =>
            {
                FaceReference reference = await journal
                    .RequireReferenceAsync(transaction, referenceId, cancellationToken)
                    .ConfigureAwait(false);
                Person origin = await journal.RequireAsync(transaction, reference.PersonId, cancellationToken).ConfigureAwait(false),
                    into = await journal.RequireAsync(transaction, personId, cancellationToken).ConfigureAwait(false);
                if (origin.Id == into.Id)
                    throw new GalleryConflictException($"reference {referenceId} is of {into.Name} already");
                if (
                    reference.SourceHash is { } hash
                    && (await transaction.ReadReferencesAsync(personId, cancellationToken).ConfigureAwait(false)).Any(held =>
                        held.SourceHash == hash
                    )
                )
                    throw new GalleryConflictException($"{into.Name} has a reference of the same picture already");
                (IReadOnlyList<FaceReference> moved, AuditEntry? entry) = await new ReferenceMove(journal)
                    .RunAsync(transaction, [reference], origin, into, locked: true, cancellationToken)
                    .ConfigureAwait(false);
                await point.KeepAsync(entry!, [into, origin], [reference], cancellationToken).ConfigureAwait(false);
                return moved[0];
            },
            cancellationToken
        );

    public async Task<AuditEntry> RemoveAsync(Guid referenceId, CancellationToken cancellationToken)
    {
        AuditEntry entry = await journal
            .Store.WriteAsync(
                async transaction =>
                {
                    FaceReference reference = await journal
                        .RequireReferenceAsync(transaction, referenceId, cancellationToken)
                        .ConfigureAwait(false);
                    Person person = await journal.RequireAsync(transaction, reference.PersonId, cancellationToken).ConfigureAwait(false);
                    await transaction.RemoveReferenceAsync(referenceId, cancellationToken).ConfigureAwait(false);
                    if (person.Cover == referenceId)
                        await transaction.UpdatePersonAsync(person with { Cover = null }, cancellationToken).ConfigureAwait(false);
                    return await journal
                        .AppendAsync(transaction, AuditAction.ReferencesRemoved, reference.PersonId, 1, null, cancellationToken)
                        .ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        await erasure.AfterAsync([entry], cancellationToken).ConfigureAwait(false);
        return entry;
    }

    /// <summary>Replaces vectors, norms and baselines of references, and the contract with them; everybody is bound to the log
    /// anew.</summary>
    public Task<int> ReplaceVectorsAsync(
        IReadOnlyList<FaceReference> references,
        GalleryContract contract,
        AuditHead? before,
        AuditAction action,
        CancellationToken cancellationToken
    ) =>
        journal.Store.WriteAsync(
            async transaction =>
            {
                IGalleryStore store = journal.Store;
                if (await transaction.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false) != before)
                    throw new GalleryConflictException(
                        $"{store.Address} was changed while its references were computed anew; nothing was replaced, run it again"
                    );
                if (contract != store.Settings.Contract)
                    await transaction
                        .UpdateSettingsAsync(store.Settings with { Contract = contract }, cancellationToken)
                        .ConfigureAwait(false);
                foreach (FaceReference reference in references)
                {
                    ReadOnlyMemory<byte> crop = reference.HasCrop
                        ? await transaction.ReadCropAsync(reference.Id, cancellationToken).ConfigureAwait(false)
                        : default;
                    await transaction
                        .UpdateReferenceAsync(reference with { Digest = journal.Digest.Of(reference, crop.Span) }, cancellationToken)
                        .ConfigureAwait(false);
                }
                await journal
                    .AppendAsync(transaction, action, null, references.Count, $"embedder {contract.Embedder}", cancellationToken)
                    .ConfigureAwait(false);
                foreach (Guid person in references.Select(reference => reference.PersonId).Distinct().Order())
                    await journal
                        .AppendAsync(transaction, AuditAction.PersonBound, person, 0, null, cancellationToken)
                        .ConfigureAwait(false);
                return references.Count;
            },
            cancellationToken
        );
}
