using System.Diagnostics;
using Semblance.Embedding;
using Semblance.Gallery.Clustering;
using Semblance.Matching;

namespace Semblance.Benchmarks;

/// <summary>How long embedded faces take to be grouped; people have a few photographs each, or one in ten has many.</summary>
internal static unsafe class ClusteringBenchmark
{
    private const int Dimension = 512,
        Photographs = 5;
    private const double Threshold = 0.45;

    public static void Run(int count)
    {
        float[] vectors = new float[count * Dimension];
        fixed (float* start = vectors)
            SyntheticGallery.Fill(start, count, Dimension, Photographs, 0);
        FaceEmbedding[] faces =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new FaceEmbedding(vectors.AsMemory(i * Dimension, Dimension), 1, "synthetic", "synthetic/1")),
        ];
        FaceClustering clustering = new(new FaceMatcher("synthetic", "synthetic/1", calibration: null));
        // A threshold that every pair reaches makes one component of all faces: the worst case.
        foreach (double threshold in (double[])[Threshold, -1])
        {
            long begin = Stopwatch.GetTimestamp();
            ClusteringResult result = clustering.Group(faces, new() { Threshold = threshold });
            Console.WriteLine(
                $"{count:N0} faces, threshold {threshold}: {result.Clusters.Count:N0} groups in "
                    + $"{Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s"
            );
        }
    }
}
