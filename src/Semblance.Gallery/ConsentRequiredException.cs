namespace Semblance.Gallery;

/// <summary>The gallery was created so that nobody is enrolled without a consent reference, and none was given.</summary>
public sealed class ConsentRequiredException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="gallery">Address of the gallery.</param>
    /// <param name="name">Who was to be enrolled.</param>
    public ConsentRequiredException(string gallery, string name)
        : base($"{gallery} enrols nobody without consent, and none is given for '{name}'") => Remedy = "say where it is documented";

    /// <inheritdoc/>
    public override string Code => "consent-required";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.ConsentRequired;
}
