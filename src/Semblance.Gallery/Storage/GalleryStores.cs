namespace Semblance.Gallery.Storage;

/// <summary>Opens stores by address, <c>scheme:location</c>.</summary>
/// <param name="providers">The kinds of stores that are known.</param>
public sealed class GalleryStores(params IReadOnlyList<IGalleryStoreProvider> providers)
{
    /// <summary>Makes a gallery that is not there yet.</summary>
    /// <inheritdoc cref="IGalleryStoreProvider.CreateAsync"/>
    public Task<IGalleryStore> CreateAsync(
        string address,
        GallerySettings settings,
        StoreOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        (IGalleryStoreProvider provider, string location) = Resolve(address);
        return provider.CreateAsync(location, settings, options ?? StoreOptions.Default, cancellationToken);
    }

    /// <summary>Opens a gallery.</summary>
    /// <inheritdoc cref="IGalleryStoreProvider.OpenAsync"/>
    public Task<IGalleryStore> OpenAsync(string address, StoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        (IGalleryStoreProvider provider, string location) = Resolve(address);
        return provider.OpenAsync(location, options ?? StoreOptions.Default, cancellationToken);
    }

    private (IGalleryStoreProvider Provider, string Location) Resolve(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        int colon = address.IndexOf(':', StringComparison.Ordinal);
        string known = string.Join(" or ", providers.Select(provider => $"{provider.Scheme}:…"));
        if (colon <= 0 || colon == address.Length - 1)
            throw new GalleryException($"the store '{address}' is no address; use {known}, e.g. sqlite:people.db");
        string scheme = address[..colon];
        IGalleryStoreProvider? provider = providers.FirstOrDefault(p =>
            string.Equals(p.Scheme, scheme, StringComparison.OrdinalIgnoreCase)
        );
        return provider is null
            ? throw new GalleryException($"stores of the kind '{scheme}' are not known; use {known}")
            : (provider, address[(colon + 1)..]);
    }
}
