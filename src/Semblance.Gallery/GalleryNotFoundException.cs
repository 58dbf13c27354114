namespace Semblance.Gallery;

/// <summary>There is no gallery at an address.</summary>
public sealed class GalleryNotFoundException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="gallery">The address.</param>
    public GalleryNotFoundException(string gallery)
        : base($"there is no gallery {gallery}") => Gallery = gallery;

    /// <summary>The address.</summary>
    public string Gallery { get; }

    /// <inheritdoc/>
    public override string Code => "gallery-not-found";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.NotFound;
}
