namespace Semblance.Gallery;

/// <summary>A gallery is encrypted, or is to be, and no key was given.</summary>
public sealed class GalleryKeyException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the gallery, and the key where it is known.</param>
    public GalleryKeyException(string message)
        : base(message) => Remedy = "give the key";
}
