namespace Semblance.Gallery;

/// <summary>
/// The place where a gallery lives failed: there is no room, it cannot be written, or the connection was lost. Of the change that failed
/// nothing is kept, except that a server may
/// have made it whole before the connection was lost; what was acknowledged before stays.
/// </summary>
public class GalleryStorageException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the gallery and what to do.</param>
    /// <param name="inner">What the store said.</param>
    public GalleryStorageException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <inheritdoc/>
    public override string Code => "gallery-storage";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Storage;
}
