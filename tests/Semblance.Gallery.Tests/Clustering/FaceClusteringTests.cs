using Semblance.Embedding;
using Semblance.Gallery.Clustering;
using Semblance.Gallery.Conformance;
using Semblance.Matching;

namespace Semblance.Gallery.Tests.Clustering;

public class FaceClusteringTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Result_numbers_groups_by_size_and_orders_faces_by_typicality()
    {
        float[][] vectors =
        [
            [0, 0, 1],
            [1, 0, 0],
            [0.8f, 0.6f, 0],
            [0, 1, 0],
            [0.9f, 0.435889894f, 0],
            [0, -0.6f, 0.8f],
            [0, 0, -1],
        ];
        FaceEmbedding[] faces = [.. vectors.Select(vector => new FaceEmbedding(vector, 1, "made-up", "made-up/1"))];
        ClusteringResult result = new FaceClustering(new FaceMatcher("made-up", "made-up/1", calibration: null)).Group(
            faces,
            new() { Threshold = 0.75 },
            Stop
        );
        Assert.Equal([3, 2], result.Clusters.Select(cluster => cluster.Faces.Count));
        Assert.Equal([1, 2], result.Clusters.Select(cluster => cluster.Number));
        Assert.Equal(4, result.Clusters[0].Faces[0]);
        Assert.Equal([0, 5], result.Clusters[1].Faces);
        Assert.Equal(0.8, result.Clusters[1].MeanSimilarity, 6);
        Assert.Equal([3, 6], result.Ungrouped);
        Assert.Null(result.FalseMatchRate);
    }

    [Fact]
    public void Threshold_is_that_of_the_rate()
    {
        ClusteringResult result = new FaceClustering(Faces.Matcher).Group(
            [Faces.Of(1), Faces.Of(1), Faces.Of(2)],
            new() { FalseMatchRate = 1e-3 },
            Stop
        );
        Assert.Equal(Faces.Matcher.Thresholds!.ThresholdFor(1e-3), result.Threshold);
        Assert.Equal(1e-3, result.FalseMatchRate);
        Assert.Equal([0, 1], Assert.Single(result.Clusters).Faces);
    }

    [Fact]
    public void Clustering_refuses_what_it_cannot_do()
    {
        FaceClustering clustering = new(Faces.Matcher);
        Assert.Throws<UnsupportedRateException>(() => clustering.Group([Faces.Of(1)], new() { FalseMatchRate = 1e-9 }, Stop));
        Assert.Throws<EmbeddingMismatchException>(() =>
            clustering.Group([Faces.Of(1), Faces.Of(2) with { Contract = "other/1" }], cancellationToken: Stop)
        );
        Assert.Throws<ArgumentException>(() => clustering.Group([], new() { SmallestCluster = 0 }, Stop));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            clustering.Group([.. Enumerable.Range(0, 500).Select(Faces.Of)], new() { Threshold = -1 }, new CancellationToken(true))
        );
    }

    [Fact]
    public void Defaults_are_those_of_the_documentation() =>
        Assert.Equal(
            (1e-4, null, 2),
            (ClusteringOptions.Default.FalseMatchRate, ClusteringOptions.Default.Threshold, ClusteringOptions.Default.SmallestCluster)
        );
}
