namespace Semblance.Gallery;

/// <summary>An embedding of another model was to be compared with a gallery's references; the number would mean nothing.</summary>
public sealed class GalleryContractException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="gallery">Address of the gallery.</param>
    /// <param name="expected">What the references were made with.</param>
    /// <param name="actualEmbedder">The other embedder.</param>
    /// <param name="actualContract">Its contract.</param>
    public GalleryContractException(string gallery, GalleryContract expected, string actualEmbedder, string actualContract)
        : base(
            $"{gallery} holds references of '{expected?.Embedder}' (contract {expected?.Contract}), which cannot be compared with faces "
                + $"embedded by '{actualEmbedder}' (contract {actualContract})"
        )
    {
        ArgumentNullException.ThrowIfNull(expected);
        (Gallery, Expected, ActualEmbedder, ActualContract) = (gallery, expected, actualEmbedder, actualContract);
        Remedy = "use that embedder, or make the references anew from kept crops";
    }

    /// <summary>Address of the gallery.</summary>
    public string Gallery { get; }

    /// <summary>What the references were made with.</summary>
    public GalleryContract Expected { get; }

    /// <summary>The other embedder.</summary>
    public string ActualEmbedder { get; }

    /// <summary>Its contract.</summary>
    public string ActualContract { get; }

    /// <inheritdoc/>
    public override string Code => "gallery-contract";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Conflict;
}
