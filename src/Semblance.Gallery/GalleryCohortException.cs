namespace Semblance.Gallery;

/// <summary>The references' baselines were measured against other strangers than the embedder's thresholds are for.</summary>
public sealed class GalleryCohortException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="gallery">Address of the gallery.</param>
    /// <param name="contract">What the references were made with.</param>
    /// <param name="cohort">The embedder's cohort; null where it has none.</param>
    public GalleryCohortException(string gallery, GalleryContract contract, string? cohort)
        : base(
            $"{gallery} was made with cohort {contract?.Cohort ?? "none"}, and '{contract?.Embedder}' decides by cohort "
                + $"{cohort ?? "none"} now"
        )
    {
        ArgumentNullException.ThrowIfNull(contract);
        (Gallery, Cohort) = (gallery, cohort);
        Remedy = "upgrade the gallery, which needs no pictures";
    }

    /// <summary>Address of the gallery.</summary>
    public string Gallery { get; }

    /// <summary>The embedder's cohort; null where it has none.</summary>
    public string? Cohort { get; }

    /// <inheritdoc/>
    public override string Code => "gallery-cohort";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Conflict;
}
