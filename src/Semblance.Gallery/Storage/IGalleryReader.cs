using Semblance.Gallery.Audit;

namespace Semblance.Gallery.Storage;

/// <summary>What is held in a store, as it is at one moment or, inside a transaction, with what the transaction did.</summary>
public interface IGalleryReader
{
    /// <summary>A person, expired or not; null when there is none.</summary>
    Task<Person?> FindPersonAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Everybody of exactly this name (ordinal), by id.</summary>
    Task<IReadOnlyList<Person>> FindPeopleNamedAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Who has an id of the caller's; null when nobody has.</summary>
    Task<Person?> FindPersonByExternalIdAsync(string externalId, CancellationToken cancellationToken = default);

    /// <summary>A person's references by id; empty when there are none.</summary>
    Task<IReadOnlyList<FaceReference>> ReadReferencesAsync(Guid personId, CancellationToken cancellationToken = default);

    /// <summary>One reference; null when there is none.</summary>
    Task<FaceReference?> FindReferenceAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>The PNG of a reference's crop; empty when none was kept.</summary>
    Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken = default);

    /// <summary>The newest audit entry as recorded beside the log, so that a log that lost its end is noticed; null before the
    /// first.</summary>
    Task<AuditHead?> ReadAuditHeadAsync(CancellationToken cancellationToken = default);

    /// <summary>A note; null when there is none.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <remarks>None in a store that keeps none.</remarks>
    Task<StoreNote?> FindNoteAsync(string kind, string key, CancellationToken cancellationToken = default) =>
        Task.FromResult<StoreNote?>(null);
}
