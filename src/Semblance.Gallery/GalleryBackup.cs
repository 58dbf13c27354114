using Semblance.Files;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Sqlite;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery;

/// <summary>
/// Backups of galleries in any store: one SQLite file each, which is a gallery itself, with the whole log. An encrypted gallery's is sealed
/// with the same key.
/// </summary>
public static class GalleryBackup
{
    /// <summary>Writes all that a gallery holds, as it is at one moment; others may go on using it.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="file">The file, which must not be there; it appears when it is whole, readable by its owner alone.</param>
    /// <param name="cancellationToken">Stops the work; then there is no file.</param>
    /// <exception cref="GalleryExistsException">There is a file of that name.</exception>
    /// <exception cref="GalleryStorageException">The file cannot be written.</exception>
    public static async Task WriteAsync(FaceGallery gallery, string file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        ArgumentException.ThrowIfNullOrEmpty(file);
        if (gallery.Store is SqliteGalleryStore store)
        {
            await store.BackupAsync(file, cancellationToken).ConfigureAwait(false);
            return;
        }
        AuditEntry first = await FirstAsync(gallery.Store, cancellationToken).ConfigureAwait(false);
        string unfinished = $"{file}.{Guid.NewGuid():N}.new";
        try
        {
            IGalleryStore target = await new SqliteStoreProvider()
                .CreateAsync(unfinished, gallery.Settings, StoreOptions.Default with { FirstEntry = first }, cancellationToken)
                .ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
                await CopyAsync(gallery.Store, target, cancellationToken).ConfigureAwait(false);
            SqliteFiles.Move(unfinished, file);
        }
        finally
        {
            SqliteFiles.Delete(unfinished);
        }
    }

    /// <summary>Makes a gallery from a backup.</summary>
    /// <param name="stores">The kinds of stores that are known.</param>
    /// <param name="file">The backup; it is only read.</param>
    /// <param name="address">Where the gallery is to be; nothing must be there.</param>
    /// <param name="storeOptions">The key of an encrypted backup.</param>
    /// <param name="options">Thresholds and clock.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="GalleryExistsException">There is a gallery at the address.</exception>
    /// <exception cref="GalleryDamagedException">The backup is not what was written.</exception>
    public static async Task<FaceGallery> RestoreAsync(
        GalleryStores stores,
        string file,
        string address,
        StoreOptions? storeOptions = null,
        GalleryOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(address);
        storeOptions ??= StoreOptions.Default;
        if (!File.Exists(file))
            throw new GalleryNotFoundException($"{SqliteStoreProvider.SchemeName}:{file}");
        // The backup may lie where nothing can be written, so a copy of it is read.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("semblance-restore-");
        try
        {
            string copy = Path.Combine(folder.FullName, "backup.db");
            using (
                FileStream source = RegularFile.Open(file),
                    target = PrivateFiles.Create(copy)
            )
                await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
            IGalleryStore backup = await new SqliteStoreProvider().OpenAsync(copy, storeOptions, cancellationToken).ConfigureAwait(false);
            await using (backup.ConfigureAwait(false))
            {
                AuditReport report = await new AuditCheck(backup).RunAsync(null, cancellationToken).ConfigureAwait(false);
                if (!report.IsIntact)
                    throw new GalleryDamagedException(file, "its log", string.Join("; ", report.Problems.Take(3)));
                if (address.StartsWith(SqliteStoreProvider.SchemeName + ":", StringComparison.OrdinalIgnoreCase))
                {
                    string location = address[(SqliteStoreProvider.SchemeName.Length + 1)..];
                    await ((SqliteGalleryStore)backup).BackupAsync(location, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await CopyToNewAsync(stores, backup, address, storeOptions, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        FaceGallery gallery = await FaceGallery.OpenAsync(stores, address, storeOptions, options, cancellationToken).ConfigureAwait(false);
        await gallery.RecordAsync(AuditAction.Restored, "from a backup", cancellationToken).ConfigureAwait(false);
        return gallery;
    }

    private static async Task CopyToNewAsync(
        GalleryStores stores,
        IGalleryStore backup,
        string address,
        StoreOptions storeOptions,
        CancellationToken cancellationToken
    )
    {
        StoreOptions made = storeOptions with { FirstEntry = await FirstAsync(backup, cancellationToken).ConfigureAwait(false) };
        IGalleryStore target = await stores.CreateAsync(address, backup.Settings, made, cancellationToken).ConfigureAwait(false);
        await using (target.ConfigureAwait(false))
            await CopyAsync(backup, target, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CopyAsync(IGalleryStore source, IGalleryStore target, CancellationToken cancellationToken) =>
        _ = await target
            .WriteAsync(
                async transaction =>
                {
                    await source.CopyToAsync(transaction, cancellationToken).ConfigureAwait(false);
                    return 0;
                },
                cancellationToken
            )
            .ConfigureAwait(false);

    private static async Task<AuditEntry> FirstAsync(IGalleryStore store, CancellationToken cancellationToken)
    {
        await foreach (AuditEntry entry in store.ReadAuditAsync(0, cancellationToken).ConfigureAwait(false))
            return entry;
        throw new GalleryDamagedException(store.Address, "its log", "it is empty; every log begins with the creation of its gallery");
    }
}
