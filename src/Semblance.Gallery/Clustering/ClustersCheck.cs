namespace Semblance.Gallery.Clustering;

/// <summary>Whether a document can be one that was written here: it is read back, so it is checked like any input. Files that it names lie
/// in its folder under the names that are given here, and nowhere else.</summary>
internal static class ClustersCheck
{
    private const int LargestDimension = 1 << 16;

    /// <summary>What is wrong with a document; null when nothing is.</summary>
    public static string? ProblemOf(ClustersDocument? document)
    {
        // A document may lack what a record promises.
        if (document?.Embedder is not { Length: > 0 } || document.Contract is not { Length: > 0 })
            return "it names no embedder and contract";
        if (document.Dimension is < 0 or > LargestDimension || document.Faces < 0 || (document.Dimension == 0 && document.Faces > 0))
            return "its numbers of faces and components are not possible";
        if (document.Clusters is null || document.Ungrouped is null)
            return "it lists no groups";
        HashSet<int> numbers = [];
        foreach (ClusterDocument? cluster in document.Clusters)
        {
            if (cluster?.Faces is not { Count: > 0 } || cluster.Number < 1 || !numbers.Add(cluster.Number))
                return "a group has no number of its own, or no faces";
            if (cluster.Sheet != ClusterFolder.SheetOf(cluster.Number))
                return $"group {cluster.Number} names a sheet that is not in the folder";
        }
        HashSet<int> faces = [];
        foreach (ClusteredFace? face in document.Clusters.SelectMany(cluster => cluster.Faces).Concat(document.Ungrouped))
        {
            if (face?.Input is null || face.Face < 0 || face.Face >= document.Faces || !faces.Add(face.Face))
                return "a face has no number of its own, or no picture";
            if (face.Crop != ClusterFolder.CropOf(face.Face))
                return $"face {face.Face} names a crop that is not in the folder";
            if (!(float.IsFinite(face.Norm) && face.Norm >= 0 && face.Quality is >= 0 and <= 1))
                return $"face {face.Face} has a norm or quality that is not possible";
        }
        if (document.CannotTell?.Except(document.Ungrouped.Select(face => face.Face)).Any() == true)
            return "it calls a face impossible to tell that is in a group, or not in the folder";
        return document.Files?.Any(file => file is null || !ClusterFolder.IsOwnName(file)) == true
            ? "it lists files that are not in the folder, or not of a name that is given here"
            : null;
    }
}
