using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Changing;

/// <summary>Where the log stood before a change. From there what the change replaces can be kept, so that it can be taken back for some
/// time.</summary>
internal sealed class UndoPoint
{
    private readonly ChangeJournal _journal;
    private readonly IGalleryTransaction _transaction;
    private readonly long _before;

    private UndoPoint(ChangeJournal journal, IGalleryTransaction transaction, long before) =>
        (_journal, _transaction, _before) = (journal, transaction, before);

    /// <summary>Runs a change in a transaction of its own.</summary>
    /// <param name="journal">Computes digests and tells the time.</param>
    /// <param name="change">Makes the change, and keeps by the point what it replaced.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<T> WriteAsync<T>(
        ChangeJournal journal,
        Func<IGalleryTransaction, UndoPoint, Task<T>> change,
        CancellationToken cancellationToken
    ) =>
        journal.Store.WriteAsync(
            async transaction =>
            {
                AuditHead? head = await transaction.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
                return await change(transaction, new(journal, transaction, head?.Sequence ?? 0)).ConfigureAwait(false);
            },
            cancellationToken
        );

    /// <summary>Keeps what a change replaced, inside its transaction.</summary>
    /// <param name="entry">The entry that the change can be taken back by.</param>
    /// <param name="people">Whom it was about, as they were; one or two.</param>
    /// <param name="references">The references it was about, as they were.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task KeepAsync(
        AuditEntry entry,
        IReadOnlyList<Person> people,
        IReadOnlyList<FaceReference> references,
        CancellationToken cancellationToken
    )
    {
        Dictionary<Guid, string?> after = [];
        foreach (Person person in people)
            after[person.Id] = await _journal.DigestAsync(_transaction, person.Id, cancellationToken).ConfigureAwait(false);
        UndoState state = new(_before, people, [.. references.Select(ReferenceState.Of)], after);
        DateTimeOffset now = _journal.Now();
        await _transaction.RemoveNotesAsync(now - StoreNote.Lifetime, cancellationToken).ConfigureAwait(false);
        StoreNote note = new(UndoNotes.Kind, UndoNotes.KeyOf(entry.Sequence), now, state.Serialize())
        {
            PersonId = people[0].Id,
            OtherId = people.Count > 1 ? people[1].Id : null,
        };
        await _transaction.WriteNoteAsync(note, cancellationToken).ConfigureAwait(false);
    }
}
