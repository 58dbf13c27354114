using System.Globalization;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Changing;

/// <summary>Keeps what a change replaced, so that it can be taken back for some time.</summary>
internal static class UndoNotes
{
    /// <summary>Kind of the notes.</summary>
    public const string Kind = "undo";

    /// <summary>Key of the note of an entry.</summary>
    public static string KeyOf(long entry) => entry.ToString(CultureInfo.InvariantCulture);

    /// <summary>Keeps what a change replaced, inside its transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="journal">Computes digests and tells the time.</param>
    /// <param name="before">The newest entry before the change.</param>
    /// <param name="entry">The entry that the change can be taken back by.</param>
    /// <param name="people">Whom it was about, as they were; one or two.</param>
    /// <param name="references">The references it was about, as they were.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task KeepAsync(
        IGalleryTransaction transaction,
        ChangeJournal journal,
        AuditHead? before,
        AuditEntry entry,
        IReadOnlyList<Person> people,
        IReadOnlyList<FaceReference> references,
        CancellationToken cancellationToken
    )
    {
        Dictionary<Guid, string?> after = [];
        foreach (Person person in people)
            after[person.Id] = await journal.DigestAsync(transaction, person.Id, cancellationToken).ConfigureAwait(false);
        UndoState state = new(before?.Sequence ?? 0, people, [.. references.Select(ReferenceState.Of)], after);
        DateTimeOffset now = journal.Now();
        await transaction.RemoveNotesAsync(now - StoreNote.Lifetime, cancellationToken).ConfigureAwait(false);
        StoreNote note = new(Kind, KeyOf(entry.Sequence), now, state.Serialize())
        {
            PersonId = people[0].Id,
            OtherId = people.Count > 1 ? people[1].Id : null,
        };
        await transaction.WriteNoteAsync(note, cancellationToken).ConfigureAwait(false);
    }
}
