using Semblance.Annotation;
using Semblance.Gallery.Clustering;
using SkiaSharp;

namespace Semblance.Cli.Commands.Clustering;

/// <summary>Contact sheets: one for every group, and overviews with the most typical face of each.</summary>
internal sealed class SheetWriter(ClusterFolder folder)
{
    public static string FileOf(int cluster) => FormattableString.Invariant($"cluster-{cluster:0000}.png");

    public void Write(ClustersDocument document, Action drawn, CancellationToken stop)
    {
        foreach (ClusterDocument cluster in document.Clusters)
        {
            stop.ThrowIfCancellationRequested();
            string more =
                cluster.Size > ContactSheet.MostFaces ? FormattableString.Invariant($", the {ContactSheet.MostFaces} most typical") : "";
            ContactSheet.Save(
                folder.PathOf(cluster.Sheet),
                FormattableString.Invariant($"{cluster.Number}: {cluster.Size} faces, mean similarity {cluster.MeanSimilarity:0.00}{more}"),
                [.. cluster.Faces.Take(ContactSheet.MostFaces).Select(face => (Reader(face), LabelOf(face)))]
            );
            drawn();
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
        WritePages("overview-ungrouped", "Faces in no group", [.. document.Ungrouped.Select(face => (Reader(face), LabelOf(face)))]);
    }

    private void WritePages(string name, string title, (Func<SKBitmap>, string)[] faces)
    {
        int pages = (faces.Length + ContactSheet.MostFaces - 1) / ContactSheet.MostFaces;
        for (int page = 0; page < pages; page++)
            ContactSheet.Save(
                folder.PathOf(pages == 1 ? $"{name}.png" : FormattableString.Invariant($"{name}-{page + 1}.png")),
                FormattableString.Invariant($"{title}: {faces.Length}{(pages == 1 ? "" : $", page {page + 1} of {pages}")}"),
                faces[(page * ContactSheet.MostFaces)..Math.Min(faces.Length, (page + 1) * ContactSheet.MostFaces)]
            );
    }

    /// <summary>The picture's name; where the font lacks a letter of it the face's number in the document.</summary>
    private static string LabelOf(ClusteredFace face) =>
        Path.GetFileName(face.Input) is { } name && AnnotationFont.Draws(name) ? name : FormattableString.Invariant($"face {face.Face}");

    private Func<SKBitmap> Reader(ClusteredFace face) => () => SKBitmap.Decode(folder.PathOf(face.Crop));
}
