using Semblance.Embedding;
using Semblance.Matching;

namespace Semblance.Gallery.Clustering;

/// <summary>
/// Groups faces of unknown people by average linkage: the two groups whose faces are most similar on average are joined, again and again,
/// until no mean reaches the threshold. Thread-safe.
/// </summary>
/// <param name="matcher">Gives thresholds by rate, for one contract.</param>
/// <remarks>
/// Means do not chain: one look-alike pair does not join two people, as it does with connected components. The result is exact and does not
/// depend on the order of the faces, up to ties. Time grows with the square of the number of faces, 10,000 take seconds.
/// </remarks>
public sealed class FaceClustering(FaceMatcher matcher)
{
    /// <summary>Groups faces.</summary>
    /// <param name="faces">Embeddings of the matcher's contract.</param>
    /// <param name="options">Threshold; null for the default.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EmbeddingMismatchException">An embedding has another contract.</exception>
    /// <exception cref="UnsupportedRateException">The calibration does not support the rate.</exception>
    /// <exception cref="Semblance.Models.ModelException">A rate was asked for and the embedder is not calibrated.</exception>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public ClusteringResult Group(
        IReadOnlyList<FaceEmbedding> faces,
        ClusteringOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(faces);
        options ??= ClusteringOptions.Default;
        options.Validate();
        foreach (FaceEmbedding face in faces)
            if (face.Contract != matcher.Contract)
                throw new EmbeddingMismatchException(face.Contract, matcher.Contract);
        double threshold = options.Threshold ?? matcher.ThresholdFor(options.FalseMatchRate, null)!.Value;
        float[] biases = [.. faces.Select(face => (float)(-matcher.BaselineOf(face) / 2))];
        int[] cannotTell = [.. Enumerable.Range(0, faces.Count).Where(face => CannotTell(faces[face], biases[face], threshold, options))];
        int[] compared = [.. Enumerable.Range(0, faces.Count).Except(cannotTell)];
        VectorRows rows = new([.. faces.Select(face => face.Vector)], biases);
        VectorRows comparedRows = new([.. compared.Select(face => faces[face].Vector)], [.. compared.Select(face => biases[face])]);
        int[] components = new SimilarPairs(comparedRows, (float)threshold, options.Threads).Components(cancellationToken);
        List<List<int>> groups = [.. cannotTell.Select(face => new List<int> { face })];
        // Groups of different components are never joined: a mean that reaches the threshold needs a pair that does.
        foreach (IGrouping<int, int> component in Enumerable.Range(0, compared.Length).GroupBy(face => components[face]))
            groups.AddRange(
                new AverageLinkage(comparedRows, [.. component], (float)threshold)
                    .Join(cancellationToken)
                    .Select(group => group.ConvertAll(face => compared[face]))
            );
        return Result(groups, rows, threshold, options) with { CannotTell = cannotTell };
    }

    /// <summary>Whether faces like this one look so much alike that two of a person's pictures would seldom be told from
    /// strangers'.</summary>
    private bool CannotTell(FaceEmbedding face, float bias, double threshold, ClusteringOptions options) =>
        options.Threshold is null
        && (
            matcher.ThresholdFor(options.FalseMatchRate, face.Norm) is not { } own
            || Math.Max(own, threshold) - 2 * bias > matcher.UsualSimilarity
        );

    private static ClusteringResult Result(List<List<int>> groups, VectorRows rows, double threshold, ClusteringOptions options)
    {
        List<FaceCluster> clusters = [];
        foreach (
            List<int> group in groups
                .Where(group => group.Count >= options.SmallestCluster)
                .OrderByDescending(group => group.Count)
                .ThenBy(group => group.Min())
        )
        {
            (IReadOnlyList<int> faces, double mean) = rows.ByTypicality(group);
            clusters.Add(new(clusters.Count + 1, faces, mean));
        }
        int[] ungrouped = [.. groups.Where(group => group.Count < options.SmallestCluster).SelectMany(group => group).Order()];
        return new(clusters, ungrouped, threshold, options.Threshold is null ? options.FalseMatchRate : null);
    }
}
