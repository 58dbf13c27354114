using Semblance.Gallery.Audit;

namespace Semblance.Gallery;

/// <summary>
/// Everything that was to be removed is removed, and the log says so, but traces may still lie where the gallery lives, because they could
/// not be erased now. Erasing again finishes the work.
/// </summary>
public sealed class ErasureUnfinishedException : GalleryStorageException
{
    /// <summary>Creates the error.</summary>
    /// <param name="gallery">Address of the gallery.</param>
    /// <param name="entries">What was removed, as logged: the receipts.</param>
    /// <param name="cause">Why it could not be erased.</param>
    public ErasureUnfinishedException(string gallery, IReadOnlyList<AuditEntry> entries, Exception cause)
        : base(
            $"{gallery}: {(entries?.Count > 0 ? "what was removed is gone from the gallery, but traces" : "traces")} of people may "
                + $"still lie where it is kept and are yet to be erased ({cause?.Message}); purging finishes it",
            cause
        ) => Entries = entries ?? [];

    /// <summary>What was removed, as logged: the receipts. Empty where only an earlier removal was to be erased.</summary>
    public IReadOnlyList<AuditEntry> Entries { get; }

    /// <inheritdoc/>
    public override string Code => "erasure-unfinished";
}
