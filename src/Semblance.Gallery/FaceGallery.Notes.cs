using Semblance.Gallery.Changing;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery;

/// <summary>What a program keeps for a day beside what is enrolled, in the store, so that all processes that share it see it.</summary>
public sealed partial class FaceGallery
{
    /// <summary>Writes a note unless one of its kind and key is held. Of many who try at once, one does.</summary>
    /// <param name="note">The note; its time is set here.</param>
    /// <param name="replaces">Whether a note that is held is replaced all the same; null for never.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The note that was held; null where this one was written. A store that keeps no notes gives null always.</returns>
    /// <exception cref="ArgumentException">The kind is the gallery's own.</exception>
    public Task<StoreNote?> TakeNoteAsync(
        StoreNote note,
        Func<StoreNote, bool>? replaces = null,
        CancellationToken cancellationToken = default
    )
    {
        CheckKind(note);
        return Store.WriteAsync(
            async transaction =>
            {
                DateTimeOffset now = _journal.Now();
                await transaction.RemoveNotesAsync(now - StoreNote.Lifetime, cancellationToken).ConfigureAwait(false);
                if (
                    await transaction.FindNoteAsync(note.Kind, note.Key, cancellationToken).ConfigureAwait(false) is { } held
                    && replaces?.Invoke(held) != true
                )
                    return held;
                await transaction.WriteNoteAsync(note with { At = now }, cancellationToken).ConfigureAwait(false);
                return null;
            },
            cancellationToken
        );
    }

    /// <summary>Writes a note, or replaces the one of its kind and key.</summary>
    /// <param name="note">The note; its time is set here.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The kind is the gallery's own.</exception>
    public Task WriteNoteAsync(StoreNote note, CancellationToken cancellationToken = default)
    {
        CheckKind(note);
        return Store.WriteAsync(
            transaction => transaction.WriteNoteAsync(note with { At = _journal.Now() }, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Removes a note where it is there.</summary>
    /// <exception cref="ArgumentException">The kind is the gallery's own.</exception>
    public Task RemoveNoteAsync(StoreNote note, CancellationToken cancellationToken = default)
    {
        CheckKind(note);
        return Store.WriteAsync(
            async transaction =>
            {
                await transaction.RemoveNoteAsync(note.Kind, note.Key, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>A note; null when there is none, or its day is over.</summary>
    public async Task<StoreNote?> FindNoteAsync(string kind, string key, CancellationToken cancellationToken = default) =>
        await Store.FindNoteAsync(kind, key, cancellationToken).ConfigureAwait(false) is { } note && !note.IsOverAt(_journal.Time)
            ? note
            : null;

    private static void CheckKind(StoreNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (note.Kind == UndoNotes.Kind)
            throw new ArgumentException($"notes of the kind '{UndoNotes.Kind}' are written by the gallery alone", nameof(note));
    }
}
