using Semblance.Embedding;
using Semblance.Gallery.Enrolling;
using Semblance.Gallery.Privacy;
using Semblance.Imaging;

namespace Semblance.Gallery.Clustering;

/// <summary>Groups the faces of many pictures by person, and leaves document, vectors, crops and contact sheets in a folder.</summary>
/// <param name="analyzer">Finds and embeds faces.</param>
public sealed class PictureClustering(IFaceAnalyzer analyzer)
{
    /// <summary>Groups.</summary>
    /// <param name="pictures">The pictures; one that cannot be read is told and passed over.</param>
    /// <param name="folder">Takes the results, when they are whole.</param>
    /// <param name="earlier">What happens to results of before.</param>
    /// <param name="options">Threshold; null for the default.</param>
    /// <param name="failed">Told which pictures could not be read.</param>
    /// <param name="progress">Told how far the work is.</param>
    /// <param name="cancellationToken">Stops the work; then the folder stays as it was.</param>
    /// <returns>The document; null where no picture could be read, and nothing was written.</returns>
    /// <exception cref="GalleryConflictException">The folder holds something that is not to be replaced.</exception>
    /// <exception cref="Semblance.Matching.UnsupportedRateException">The calibration does not support the rate.</exception>
    public async Task<ClustersDocument?> RunAsync(
        IEnumerable<PictureItem> pictures,
        ClusterFolder folder,
        EarlierResults earlier = EarlierResults.Keep,
        ClusteringOptions? options = null,
        IProgress<AnalysisError>? failed = null,
        IProgress<ClusteringProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(folder);
        FaceClustering clustering = new(analyzer.Matcher);
        // An unsupported rate is told before the pictures are read.
        clustering.Group([], options, cancellationToken);
        using ClusterStaging staging = ClusterStaging.In(folder, earlier);
        List<(ClusteredFace Face, FaceEmbedding Embedding)> faces = [];
        int done = 0,
            failures = 0;
        // Results come in the order of the pictures, so that two runs number the faces alike.
        await foreach (
            ImageAnalysis analysis in analyzer
                .AnalyzeManyAsync(pictures, FaceFeatures.Embedding | FaceFeatures.Quality | FaceFeatures.Crop, cancellationToken)
                .ConfigureAwait(false)
        )
        {
            done++;
            progress?.Report(new(ClusteringStage.Embedding, done, 0));
            if (analysis.Error is { } error)
            {
                failures++;
                failed?.Report(error);
                continue;
            }
            foreach (AnalyzedFace face in analysis.Faces!.Where(face => face.Embedding is not null))
                faces.Add((Keep(face, analysis.Input, faces.Count, staging), face.Embedding!));
        }
        if (failures == done)
            return null;
        ClusteringResult result = clustering.Group([.. faces.Select(item => item.Embedding)], options, cancellationToken);
        ClustersDocument document = Describe(result, [.. faces.Select(item => item.Face)], done, failures);
        staging.WriteVectors([.. faces.Select(item => item.Embedding)]);
        new ClusterSheets(staging).Write(document, progress, cancellationToken);
        return staging.Finish(document);
    }

    private static ClusteredFace Keep(AnalyzedFace face, string input, int number, ClusterStaging staging)
    {
        string crop = ClusterFolder.CropOf(number);
        staging.Write(crop, path =>
        {
            using FileStream file = PrivateFiles.Create(path);
            file.Write(CropPng.Encode(face.Crop!));
        });
        return new(number, input, face.Box, face.Score, face.Embedding!.Norm, Math.Round(face.Quality!.Score, 4), crop);
    }

    private ClustersDocument Describe(ClusteringResult result, ClusteredFace[] faces, int pictures, int failed) =>
        new()
        {
            Embedder = analyzer.Embedder.Id,
            Contract = analyzer.Embedder.Contract,
            Dimension = analyzer.Embedder.Dimension,
            Threshold = Math.Round(result.Threshold, 5),
            FalseMatchRate = result.FalseMatchRate,
            Pictures = pictures,
            Failed = failed,
            Faces = faces.Length,
            Clusters =
            [
                .. result.Clusters.Select(cluster => new ClusterDocument(
                    cluster.Number,
                    cluster.Faces.Count,
                    Math.Round(cluster.MeanSimilarity, 4),
                    ClusterFolder.SheetOf(cluster.Number),
                    null,
                    [.. cluster.Faces.Select(face => faces[face])]
                )),
            ],
            Ungrouped = [.. result.Ungrouped.Select(face => faces[face])],
            CannotTell = result.CannotTell,
        };
}
