namespace Semblance.Gallery.Storage;

/// <summary>Opens stores of one kind, by the part of an address after the colon.</summary>
public interface IGalleryStoreProvider
{
    /// <summary>What stands before the colon, e.g. <c>sqlite</c>.</summary>
    string Scheme { get; }

    /// <summary>Makes a gallery that is not there yet.</summary>
    /// <exception cref="GalleryException">There is one, or the place cannot be used.</exception>
    Task<IGalleryStore> CreateAsync(
        string location,
        GallerySettings settings,
        StoreOptions options,
        CancellationToken cancellationToken = default
    );

    /// <summary>Opens a gallery, bringing its schema up to date.</summary>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    /// <exception cref="GalleryException">It cannot be read, it was made by a newer version, or the key is wrong.</exception>
    Task<IGalleryStore> OpenAsync(string location, StoreOptions options, CancellationToken cancellationToken = default);
}
