namespace Semblance.Gallery;

/// <summary>No reference of that id is in the gallery.</summary>
public sealed class ReferenceNotFoundException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="gallery">Address of the gallery.</param>
    /// <param name="referenceId">The id.</param>
    public ReferenceNotFoundException(string gallery, Guid referenceId)
        : base($"{gallery} has no reference {referenceId}; a person's references are listed with the person") => ReferenceId = referenceId;

    /// <summary>The id.</summary>
    public Guid ReferenceId { get; }

    /// <inheritdoc/>
    public override string Code => "reference-not-found";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.NotFound;
}
