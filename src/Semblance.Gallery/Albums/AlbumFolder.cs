namespace Semblance.Gallery.Albums;

/// <summary>A folder of a sorted album.</summary>
/// <param name="Name">Its name, fit for every file system and different from that of every other folder.</param>
/// <param name="Kind">Whose it is.</param>
/// <param name="Pictures">What goes in, in the order of the album.</param>
public sealed record AlbumFolder(string Name, AlbumFolderKind Kind, IReadOnlyList<string> Pictures)
{
    /// <summary>The person of the gallery; null for all others.</summary>
    public Guid? PersonId { get; init; }
}
