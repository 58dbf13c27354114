namespace Semblance.Gallery;

/// <summary>What a store holds cannot be right: it was damaged or altered from outside. The message names file, table and row.</summary>
public sealed class GalleryDamagedException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="gallery">The gallery or its file.</param>
    /// <param name="where">What is damaged, e.g. <c>table reference, row 17</c>.</param>
    /// <param name="why">What is wrong with it.</param>
    /// <param name="inner">What was met.</param>
    public GalleryDamagedException(string gallery, string where, string why, Exception? inner = null)
        : base($"{gallery} is damaged: {where}: {why}; restore it from a backup", inner) => Where = where;

    /// <summary>What is damaged.</summary>
    public string Where { get; }

    /// <inheritdoc/>
    public override string Code => "gallery-damaged";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Storage;
}
