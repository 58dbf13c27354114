namespace Semblance.Gallery;

/// <summary>What a gallery was created with. Written once, remembered by the store.</summary>
public sealed record GallerySettings
{
    /// <summary>The embedder of all references; changed only when all of them are embedded anew.</summary>
    public required GalleryContract Contract { get; init; }

    /// <summary>Nobody is enrolled without a consent reference.</summary>
    public bool RequireConsent { get; init; }

    /// <summary>Aligned crops are kept, so that another embedder can be taken later. No picture is kept otherwise.</summary>
    public bool KeepCrops { get; init; }

    /// <summary>References and crops are encrypted at rest (AES-256-GCM).</summary>
    public bool Encrypted { get; init; }
}
