namespace Semblance.Gallery.Albums;

/// <summary>Where the pictures of an album go. A picture with several people stands in the folder of each.</summary>
/// <param name="Folders">People of the gallery by name, then groups, the largest first, then the others.</param>
/// <param name="Failed">Pictures that could not be analysed, and why; they stay where they are.</param>
public sealed record AlbumPlan(IReadOnlyList<AlbumFolder> Folders, IReadOnlyList<ImageAnalysis> Failed)
{
    /// <summary>Pictures in the folders.</summary>
    public int Pictures => Folders.SelectMany(folder => folder.Pictures).Distinct(StringComparer.Ordinal).Count();
}
