using Semblance.Gallery.Audit;

namespace Semblance.Gallery.Storage;

/// <summary>
/// Changes that happen together or not at all. Only one transaction of a gallery writes at a time, among all processes, so what it read
/// stays true until it ends.
/// </summary>
public interface IGalleryTransaction : IGalleryReader
{
    /// <summary>Adds a person whose id is new.</summary>
    Task InsertPersonAsync(Person person, CancellationToken cancellationToken = default);

    /// <summary>Replaces what is held about a person.</summary>
    Task UpdatePersonAsync(Person person, CancellationToken cancellationToken = default);

    /// <summary>Removes a person with all references, crops and notes.</summary>
    /// <returns>Whether the person was there.</returns>
    Task<bool> RemovePersonAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Adds a reference whose id is new, to a person who is there.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="crop">Its crop as a PNG; empty for none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task InsertReferenceAsync(FaceReference reference, ReadOnlyMemory<byte> crop, CancellationToken cancellationToken = default);

    /// <summary>Replaces everything that is held about a reference but its crop; it may go to another person, who is there.</summary>
    Task UpdateReferenceAsync(FaceReference reference, CancellationToken cancellationToken = default);

    /// <summary>Removes a reference and its crop.</summary>
    /// <returns>Whether it was there.</returns>
    Task<bool> RemoveReferenceAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Replaces the settings of the gallery.</summary>
    Task UpdateSettingsAsync(GallerySettings settings, CancellationToken cancellationToken = default);

    /// <summary>Adds an entry to the end of the audit log and records it as the head.</summary>
    Task AppendAuditAsync(AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Adds a note, or replaces the one of the same kind and key.</summary>
    /// <param name="note">The note.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether the store keeps notes.</returns>
    Task<bool> WriteNoteAsync(StoreNote note, CancellationToken cancellationToken = default) => Task.FromResult(false);

    /// <summary>Removes a note where it is there.</summary>
    Task RemoveNoteAsync(string kind, string key, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Removes all notes that were written before some time.</summary>
    Task RemoveNotesAsync(DateTimeOffset before, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
