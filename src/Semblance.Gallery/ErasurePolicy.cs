namespace Semblance.Gallery;

/// <summary>When the traces of what was removed are erased from where a gallery lives; it can take long, as a file is built anew.</summary>
public enum ErasurePolicy
{
    /// <summary>Before a removal is acknowledged.</summary>
    AtOnce,

    /// <summary>When <see cref="FaceGallery.EraseAsync"/> or a purge is called; until then the statistics say that it is due.</summary>
    Deferred,
}
