using Semblance.Annotation;
using SkiaSharp;

namespace Semblance.Gallery.Clustering;

/// <summary>Contact sheets: one for every group, and overviews with the most typical face of each.</summary>
internal sealed class ClusterSheets(ClusterStaging staging)
{
    /// <summary>The files of an overview.</summary>
    public static IEnumerable<string> PagesOf(string name, int faces)
    {
        int pages = (faces + ContactSheet.MostFaces - 1) / ContactSheet.MostFaces;
        return Enumerable.Range(1, pages).Select(page => pages == 1 ? $"{name}.png" : FormattableString.Invariant($"{name}-{page}.png"));
    }

    public void Write(ClustersDocument document, IProgress<ClusteringProgress>? progress, CancellationToken stop)
    {
        int drawn = 0;
        foreach (ClusterDocument cluster in document.Clusters)
        {
            stop.ThrowIfCancellationRequested();
            string more =
                cluster.Size > ContactSheet.MostFaces ? FormattableString.Invariant($", the {ContactSheet.MostFaces} most typical") : "";
            Save(
                cluster.Sheet,
                FormattableString.Invariant($"{cluster.Number}: {cluster.Size} faces, mean similarity {cluster.MeanSimilarity:0.00}{more}"),
                [.. cluster.Faces.Take(ContactSheet.MostFaces).Select(face => (Reader(face), LabelOf(face)))]
            );
            progress?.Report(new(ClusteringStage.Drawing, ++drawn, document.Clusters.Count));
        }
        WritePages(
            "overview",
            "Groups",
            [
                .. document.Clusters.Select(cluster =>
                    (Reader(cluster.Faces[0]), FormattableString.Invariant($"{cluster.Number}: {cluster.Size} faces"))
                ),
            ]
        );
        HashSet<int> cannotTell = [.. document.CannotTell ?? []];
        ILookup<bool, ClusteredFace> alone = document.Ungrouped.ToLookup(face => cannotTell.Contains(face.Face));
        WritePages("overview-ungrouped", "Faces in no group", [.. alone[false].Select(face => (Reader(face), LabelOf(face)))]);
        WritePages(
            "overview-cannot-tell",
            "Faces that cannot be told from strangers'",
            [.. alone[true].Select(face => (Reader(face), LabelOf(face)))]
        );
    }

    private void WritePages(string name, string title, (Func<SKBitmap>, string)[] faces)
    {
        string[] files = [.. PagesOf(name, faces.Length)];
        foreach ((int page, string file) in files.Index())
            Save(
                file,
                FormattableString.Invariant($"{title}: {faces.Length}{(files.Length == 1 ? "" : $", page {page + 1} of {files.Length}")}"),
                faces[(page * ContactSheet.MostFaces)..Math.Min(faces.Length, (page + 1) * ContactSheet.MostFaces)]
            );
    }

    private void Save(string file, string title, IReadOnlyList<(Func<SKBitmap>, string)> faces) =>
        staging.Write(file, path => ContactSheet.Save(path, title, faces));

    /// <summary>The picture's name; where the font lacks a letter of it the face's number in the document.</summary>
    private static string LabelOf(ClusteredFace face) =>
        Path.GetFileName(face.Input) is { } name && AnnotationFont.Draws(name) ? name : FormattableString.Invariant($"face {face.Face}");

    private Func<SKBitmap> Reader(ClusteredFace face) => () => SKBitmap.Decode(staging.PathOf(face.Crop));
}
