using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Changing;

/// <summary>Gives references to another person.</summary>
internal sealed class ReferenceMove(ChangeJournal journal)
{
    /// <summary>Moves inside a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="references">References of <paramref name="origin"/>; none of a picture that <paramref name="into"/> has.</param>
    /// <param name="origin">Whose they are.</param>
    /// <param name="into">Whose they become.</param>
    /// <param name="locked">Whether they are decided by hand from now on; null to leave that as it is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The references as they are now, and the entry about who has them; null where there was nothing to move.</returns>
    public async Task<(IReadOnlyList<FaceReference> Moved, AuditEntry? Entry)> RunAsync(
        IGalleryTransaction transaction,
        IReadOnlyList<FaceReference> references,
        Person origin,
        Person into,
        bool? locked,
        CancellationToken cancellationToken
    )
    {
        List<FaceReference> moved = [];
        foreach (FaceReference reference in references)
        {
            FaceReference changed = reference with { PersonId = into.Id, Locked = locked ?? reference.Locked };
            ReadOnlyMemory<byte> crop = reference.HasCrop
                ? await transaction.ReadCropAsync(reference.Id, cancellationToken).ConfigureAwait(false)
                : default;
            changed = changed with { Digest = journal.Digest.Of(changed, crop.Span) };
            await transaction.UpdateReferenceAsync(changed, cancellationToken).ConfigureAwait(false);
            moved.Add(changed);
        }
        if (moved.Count == 0)
            return (moved, null);
        // The cover stays behind only where it still belongs to the person.
        if (origin.Cover is { } cover && moved.Any(reference => reference.Id == cover))
            await transaction.UpdatePersonAsync(origin with { Cover = null }, cancellationToken).ConfigureAwait(false);
        await journal
            .AppendAsync(transaction, AuditAction.ReferencesMovedAway, origin.Id, moved.Count, $"to {into.Id}", cancellationToken)
            .ConfigureAwait(false);
        AuditEntry entry = await journal
            .AppendAsync(transaction, AuditAction.ReferencesMovedHere, into.Id, moved.Count, $"from {origin.Id}", cancellationToken)
            .ConfigureAwait(false);
        return (moved, entry);
    }
}
