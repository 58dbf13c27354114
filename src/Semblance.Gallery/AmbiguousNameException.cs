namespace Semblance.Gallery;

/// <summary>A name stands for several people, or for one where a new name was wanted.</summary>
public sealed class AmbiguousNameException : GalleryException
{
    /// <summary>Creates the error.</summary>
    /// <param name="gallery">Address of the gallery.</param>
    /// <param name="name">The name.</param>
    /// <param name="ids">Who has it.</param>
    public AmbiguousNameException(string gallery, string name, IReadOnlyList<Guid> ids)
        : base(
            $"{gallery} knows {ids?.Count} {(ids?.Count == 1 ? "person" : "people")} called '{name}' ({string.Join(", ", ids ?? [])}); "
                + $"say which by id"
        ) => Ids = ids ?? [];

    /// <summary>Who has the name.</summary>
    public IReadOnlyList<Guid> Ids { get; }

    /// <inheritdoc/>
    public override string Code => "ambiguous-name";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Conflict;
}
