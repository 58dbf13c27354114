namespace Semblance.Gallery;

/// <summary>There is a gallery where one was to be made.</summary>
public sealed class GalleryExistsException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the place and what to do.</param>
    /// <param name="inner">What was met.</param>
    public GalleryExistsException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <inheritdoc/>
    public override string Code => "gallery-exists";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Conflict;
}
