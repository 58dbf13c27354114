using Semblance.Gallery.Audit;
using Semblance.Gallery.Changing;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery;

// Work on the whole gallery: another key, another cohort, another embedder.
public sealed partial class FaceGallery
{
    /// <summary>Seals references and crops with another key; the old one opens nothing afterwards.</summary>
    /// <param name="newKey">The key from now on.</param>
    /// <param name="cancellationToken">Stops the work; then the old key stays.</param>
    /// <exception cref="GalleryException">The gallery is not encrypted, or its store cannot encrypt.</exception>
    public Task RotateKeyAsync(EncryptionKey newKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newKey);
        if (!Settings.Encrypted || Store is not IEncryptedStore encrypted)
            throw new GalleryException($"{Address} is not encrypted, so there is no key to replace");
        return encrypted.RotateKeyAsync(
            newKey,
            transaction => _journal.AppendAsync(transaction, AuditAction.KeyRotated, null, 0, $"key {newKey.Id}", cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Adds an entry to the log and changes nothing else.</summary>
    internal Task RecordAsync(AuditAction action, string detail, CancellationToken cancellationToken) =>
        _journal.RecordAsync(action, detail, cancellationToken);

    /// <summary>Brings what is held up to date without pictures: binds people of before there were digests to the log.</summary>
    /// <param name="progress">Told how many references were measured.</param>
    /// <param name="cancellationToken">Stops the work; then everything stays as it was.</param>
    /// <exception cref="GalleryConflictException">The gallery was changed meanwhile; nothing was written.</exception>
    public Task<GalleryUpgrade> UpgradeAsync(IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        UpgradeAsync(Settings.Contract.Cohort, null, progress, cancellationToken);

    /// <summary>The same, and measures the baselines of all references against another cohort, from their vectors alone.</summary>
    /// <param name="cohort">Its id from now on; null for scores that are similarities.</param>
    /// <param name="baselineOf">Baseline of a vector in the cohort; null where there is none.</param>
    /// <param name="progress">Told how many references were measured.</param>
    /// <param name="cancellationToken">Stops the work; then everything stays as it was.</param>
    /// <exception cref="GalleryConflictException">The gallery was changed meanwhile; nothing was written.</exception>
    public Task<GalleryUpgrade> UpgradeAsync(
        string? cohort,
        Func<ReadOnlyMemory<float>, float>? baselineOf,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default
    ) => new Upgrader(_journal).RunAsync(Settings.Contract with { Cohort = cohort }, baselineOf, progress, cancellationToken);

    /// <summary>Replaces all vectors by those of another embedder, and with them the contract; the old thresholds are for the old
    /// one.</summary>
    internal async Task<int> ReplaceVectorsAsync(
        GalleryContract contract,
        Func<IReadOnlyList<FaceReference>, Func<Guid, Task<ReadOnlyMemory<byte>>>, Task<List<FaceReference>>> embed,
        CancellationToken cancellationToken
    )
    {
        AuditHead? head = await Store.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
        List<FaceReference> references = [];
        await foreach (FaceReference reference in Store.ReadAllReferencesAsync(cancellationToken).ConfigureAwait(false))
            references.Add(reference);
        int without = references.Count(reference => !reference.HasCrop);
        if (without > 0)
            throw new GalleryException(
                $"{Address}: {without} of {references.Count} references have no crop, so they cannot be embedded anew; enrol their "
                    + $"people from photographs again"
            );
        List<FaceReference> made = await embed(references, id => Store.ReadCropAsync(id, cancellationToken)).ConfigureAwait(false);
        return await _references.ReplaceVectorsAsync(made, contract, head, AuditAction.Reembedded, cancellationToken).ConfigureAwait(false);
    }
}
