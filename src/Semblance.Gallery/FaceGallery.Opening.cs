using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery;

public sealed partial class FaceGallery
{
    /// <summary>Makes a gallery that is not there yet.</summary>
    /// <param name="stores">The kinds of stores that are known.</param>
    /// <param name="address">Where, e.g. <c>sqlite:people.db</c>.</param>
    /// <param name="settings">Embedder, consent, crops, encryption.</param>
    /// <param name="storeOptions">Key and index.</param>
    /// <param name="options">Thresholds and clock.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="GalleryException">There is one, or the place cannot be used.</exception>
    public static async Task<FaceGallery> CreateAsync(
        GalleryStores stores,
        string address,
        GallerySettings settings,
        StoreOptions? storeOptions = null,
        GalleryOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(stores);
        storeOptions ??= StoreOptions.Default;
        if (options is not null)
            storeOptions = storeOptions with { Clock = options.Clock };
        return await OverAsync(await stores.CreateAsync(address, settings, storeOptions, cancellationToken).ConfigureAwait(false), options)
            .ConfigureAwait(false);
    }

    /// <summary>Opens a gallery.</summary>
    /// <param name="stores">The kinds of stores that are known.</param>
    /// <param name="address">Where, e.g. <c>sqlite:people.db</c>.</param>
    /// <param name="storeOptions">Key and index.</param>
    /// <param name="options">Thresholds and clock.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="GalleryException">There is none, or it cannot be read.</exception>
    public static async Task<FaceGallery> OpenAsync(
        GalleryStores stores,
        string address,
        StoreOptions? storeOptions = null,
        GalleryOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(stores);
        IGalleryStore store = await stores.OpenAsync(address, storeOptions, cancellationToken).ConfigureAwait(false);
        try
        {
            await CheckBeginningAsync(store, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return await OverAsync(store, options).ConfigureAwait(false);
    }

    /// <summary>Opens a gallery, or makes it where there is none; any number of processes may do so at once.</summary>
    /// <param name="stores">The kinds of stores that are known.</param>
    /// <param name="address">Where, e.g. <c>sqlite:people.db</c>.</param>
    /// <param name="settings">What it is made with, where it is made.</param>
    /// <param name="storeOptions">Key and index.</param>
    /// <param name="options">Thresholds and clock.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The gallery, and whether this call made it.</returns>
    /// <exception cref="GalleryException">It cannot be read or made.</exception>
    public static async Task<(FaceGallery Gallery, bool IsNew)> OpenOrCreateAsync(
        GalleryStores stores,
        string address,
        GallerySettings settings,
        StoreOptions? storeOptions = null,
        GalleryOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return (await OpenAsync(stores, address, storeOptions, options, cancellationToken).ConfigureAwait(false), false);
        }
        catch (GalleryNotFoundException)
        {
            try
            {
                return (await CreateAsync(stores, address, settings, storeOptions, options, cancellationToken).ConfigureAwait(false), true);
            }
            catch (GalleryExistsException)
            {
                // Another process was faster.
                return (await OpenAsync(stores, address, storeOptions, options, cancellationToken).ConfigureAwait(false), false);
            }
        }
    }

    private static async Task<FaceGallery> OverAsync(IGalleryStore store, GalleryOptions? options)
    {
        try
        {
            return new(store, options);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A gallery that was made encrypted and says that it is not was altered: whoever enrols would do so in clear.</summary>
    private static async Task CheckBeginningAsync(IGalleryStore store, CancellationToken cancellationToken)
    {
        if (store.Settings.Encrypted)
            return;
        await foreach (AuditEntry first in store.ReadAuditAsync(0, cancellationToken).ConfigureAwait(false))
        {
            if (AuditChain.SaysEncrypted(first))
                throw new GalleryDamagedException(store.Address, "its settings", "it was created encrypted and is not encrypted now");
            return;
        }
    }
}
