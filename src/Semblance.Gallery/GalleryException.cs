namespace Semblance.Gallery;

/// <summary>A gallery cannot do what was asked. The message names the gallery or person and what to do.</summary>
public class GalleryException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public GalleryException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <inheritdoc/>
    public override string Code => "gallery";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Usage;
}
