namespace Semblance.Gallery;

/// <summary>A change does not go together with what is held: an outside id that somebody else has, a person merged into themselves,
/// something locked.</summary>
public sealed class GalleryConflictException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the gallery and what stands in the way.</param>
    public GalleryConflictException(string message)
        : base(message) { }

    /// <inheritdoc/>
    public override string Code => "gallery-conflict";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Conflict;
}
