using System.Text.Json;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Changing;

/// <summary>Takes changes back: only the newest of everybody it was about, so that nothing that was decided later is overruled.</summary>
internal sealed class Undoing(ChangeJournal journal)
{
    /// <summary>The newest change of a person, where it can be taken back; null where it cannot.</summary>
    public async Task<AuditEntry?> FindAsync(Guid personId, CancellationToken cancellationToken)
    {
        IReadOnlyList<AuditEntry> history = await journal.Store.ReadHistoryAsync(personId, cancellationToken).ConfigureAwait(false);
        // Handing out changes nothing.
        return
            history.LastOrDefault(entry => entry.Event.Action != AuditAction.PersonExported) is { } newest
            && await journal.Store.FindNoteAsync(UndoNotes.Kind, UndoNotes.KeyOf(newest.Sequence), cancellationToken).ConfigureAwait(false)
                is { } note
            && !note.IsOverAt(journal.Time)
            ? newest
            : null;
    }

    public async Task<UndoneChange> UndoAsync(long entry, CancellationToken cancellationToken)
    {
        StoreNote note =
            await journal.Store.FindNoteAsync(UndoNotes.Kind, UndoNotes.KeyOf(entry), cancellationToken).ConfigureAwait(false) is { } held
            && !held.IsOverAt(journal.Time)
                ? held
                : throw None(entry);
        UndoState state = Read(note);
        await CheckPlaceAsync(entry, state.Before, cancellationToken).ConfigureAwait(false);
        Dictionary<Guid, string?> before = await DigestsBeforeAsync(entry, state, cancellationToken).ConfigureAwait(false);
        return await journal
            .Store.WriteAsync(transaction => UndoInAsync(transaction, entry, state, before, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<UndoneChange> UndoInAsync(
        IGalleryTransaction transaction,
        long entry,
        UndoState state,
        Dictionary<Guid, string?> before,
        CancellationToken cancellationToken
    )
    {
        // Somebody else may have taken it back meanwhile.
        if (await transaction.FindNoteAsync(UndoNotes.Kind, UndoNotes.KeyOf(entry), cancellationToken).ConfigureAwait(false) is null)
            throw None(entry);
        foreach ((Guid id, string? digest) in state.After)
            if (await journal.DigestAsync(transaction, id, cancellationToken).ConfigureAwait(false) != digest)
                throw new GalleryConflictException(
                    $"{journal.Store.Address}: entry {entry} cannot be undone, because person {id} was changed after it; "
                        + $"what was decided later stays"
                );
        await RefuseTakenIdsAsync(transaction, state, cancellationToken).ConfigureAwait(false);
        Person[] there = [.. state.People.Where(person => state.After.GetValueOrDefault(person.Id) is not null)],
            gone = [.. state.People.Except(there)];
        if (there.Length == 0)
            throw Damaged(entry, "it is about nobody who is held", null);
        foreach (Person person in there)
            await transaction.UpdatePersonAsync(person, cancellationToken).ConfigureAwait(false);
        // After those who are there, who may have an outside id that goes back.
        foreach (Person person in gone)
            await transaction.InsertPersonAsync(person, cancellationToken).ConfigureAwait(false);
        Dictionary<(Guid From, Guid To), int> moves = [];
        foreach (ReferenceState reference in state.References)
        {
            Guid from = await RestoreAsync(transaction, reference, cancellationToken).ConfigureAwait(false);
            if (!before.ContainsKey(from))
                throw Damaged(entry, $"it takes reference {reference.Id} from person {from}, whom it is not about", null);
            if (from != reference.PersonId)
                moves[(from, reference.PersonId)] = moves.GetValueOrDefault((from, reference.PersonId)) + 1;
        }
        foreach (Person person in state.People)
            if (
                before[person.Id] is { } digest
                && await journal.DigestAsync(transaction, person.Id, cancellationToken).ConfigureAwait(false) != digest
            )
                throw Damaged(entry, $"it is not what the log says was held about person {person.Id}", null);
        await transaction.RemoveNoteAsync(UndoNotes.Kind, UndoNotes.KeyOf(entry), cancellationToken).ConfigureAwait(false);
        return new(
            await LogAsync(transaction, entry, there, gone, moves, cancellationToken).ConfigureAwait(false),
            [.. state.People.Where(person => person.Kind == PersonKind.Known)]
        );
    }

    private async Task<AuditEntry> LogAsync(
        IGalleryTransaction transaction,
        long entry,
        Person[] there,
        Person[] gone,
        Dictionary<(Guid From, Guid To), int> moves,
        CancellationToken cancellationToken
    )
    {
        string detail = $"entry {entry}";
        foreach (Person person in gone)
            await journal
                .AppendAsync(transaction, AuditAction.PersonReturned, person.Id, 0, detail, cancellationToken)
                .ConfigureAwait(false);
        foreach (((Guid from, Guid to), int count) in moves)
        {
            await journal
                .AppendAsync(transaction, AuditAction.ReferencesMovedAway, from, count, $"to {to}", cancellationToken)
                .ConfigureAwait(false);
            await journal
                .AppendAsync(transaction, AuditAction.ReferencesMovedHere, to, count, $"from {from}", cancellationToken)
                .ConfigureAwait(false);
        }
        AuditEntry? last = null;
        foreach (Person person in there)
            last = await journal
                .AppendAsync(transaction, AuditAction.Undone, person.Id, 0, detail, cancellationToken)
                .ConfigureAwait(false);
        return last!;
    }

    /// <summary>Puts back what a change altered of a reference.</summary>
    /// <returns>Whose it was until now.</returns>
    private async Task<Guid> RestoreAsync(IGalleryTransaction transaction, ReferenceState state, CancellationToken cancellationToken)
    {
        FaceReference held = await journal.RequireReferenceAsync(transaction, state.Id, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> crop = held.HasCrop
            ? await transaction.ReadCropAsync(held.Id, cancellationToken).ConfigureAwait(false)
            : default;
        FaceReference restored = held with
        {
            PersonId = state.PersonId,
            Source = state.Source,
            ExternalId = state.ExternalId,
            Tags = state.Tags,
            Locked = state.Locked,
        };
        restored = restored with { Digest = state.Bound ? journal.Digest.Of(restored, crop.Span) : null };
        await transaction.UpdateReferenceAsync(restored, cancellationToken).ConfigureAwait(false);
        return held.PersonId;
    }

    /// <exception cref="GalleryConflictException">Somebody else has got an outside id that would go back.</exception>
    private async Task RefuseTakenIdsAsync(IGalleryTransaction transaction, UndoState state, CancellationToken cancellationToken)
    {
        foreach (Person person in state.People)
            if (
                person.ExternalId is { } id
                && await transaction.FindPersonByExternalIdAsync(id, cancellationToken).ConfigureAwait(false) is { } holder
                && state.People.All(other => other.Id != holder.Id)
            )
                throw new GalleryConflictException(
                    $"{journal.Store.Address}: {holder.Name} ({holder.Id}) has the outside id '{id}' by now"
                );
    }

    /// <summary>Between what was before a change and the entry that it can be taken back by stand the change's own entries alone. A note
    /// that says otherwise was altered: its state would be compared with what was held at another time.</summary>
    private async Task CheckPlaceAsync(long entry, long before, CancellationToken cancellationToken)
    {
        Dictionary<long, AuditEvent> near = [];
        await foreach (AuditEntry read in journal.Store.ReadAuditAsync(Math.Max(entry - 2, 0), cancellationToken).ConfigureAwait(false))
        {
            near[read.Sequence] = read.Event;
            if (read.Sequence > entry)
                break;
        }
        AuditEvent? own = near.GetValueOrDefault(entry);
        bool moved = own?.Action == AuditAction.ReferencesMovedHere;
        bool fits = (entry - before) switch
        {
            1 => own is not null && !moved,
            2 => moved,
            // A merge moves references, changes the one person and removes the other.
            3 => near.GetValueOrDefault(entry - 1)?.Action == AuditAction.ReferencesMovedHere
                && near.GetValueOrDefault(entry + 1)?.Action == AuditAction.PersonMerged,
            _ => false,
        };
        if (!fits)
            throw Damaged(entry, $"it does not belong there: it says that entry {before} was the newest before", null);
    }

    /// <summary>What the log says was held about each person before the change; null for those who were not bound to it. Its past does not
    /// change, so it is read outside the transaction.</summary>
    private async Task<Dictionary<Guid, string?>> DigestsBeforeAsync(long entry, UndoState state, CancellationToken cancellationToken)
    {
        Dictionary<Guid, string?> before = [];
        foreach (Person person in state.People)
        {
            AuditEntry[] history =
            [
                .. (await journal.Store.ReadHistoryAsync(person.Id, cancellationToken).ConfigureAwait(false)).Where(read =>
                    read.Sequence <= state.Before
                ),
            ];
            if (history.Length == 0)
                throw Damaged(entry, $"person {person.Id} was not held before", null);
            before[person.Id] = history.LastOrDefault(read => read.Event.Digest is not null)?.Event.Digest;
        }
        return before;
    }

    private UndoState Read(StoreNote note)
    {
        try
        {
            return UndoState.Parse(note.Text);
        }
        catch (JsonException e)
        {
            throw Damaged(long.TryParse(note.Key, out long entry) ? entry : 0, "it cannot be read", e);
        }
    }

    private GalleryDamagedException Damaged(long entry, string why, Exception? inner) =>
        new(journal.Store.Address, $"what was kept to undo entry {entry}", why, inner);

    private GalleryConflictException None(long entry) =>
        new(
            $"{journal.Store.Address}: entry {entry} cannot be undone: details, moves and merges can for a day, in which nothing was "
                + "removed; what was removed never comes back"
        );
}
