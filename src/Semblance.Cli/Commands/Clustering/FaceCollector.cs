using Semblance.Alignment;
using Semblance.Cli.Output;
using Semblance.Embedding;
using Semblance.Gallery.Enrolling;
using Semblance.Imaging;

namespace Semblance.Cli.Commands.Clustering;

/// <summary>Finds and embeds the faces of many pictures on all threads, and writes their crops.</summary>
internal sealed class FaceCollector(FaceAnalyzer analyzer, ImageDecodingOptions decoding, Settings settings)
{
    /// <summary>A face before its number is known.</summary>
    private sealed record Found(AnalyzedFace Face, AlignedFace Crop);

    /// <summary>Collects.</summary>
    /// <returns>Faces with their embeddings in the order of the pictures, and how many pictures failed.</returns>
    public (IReadOnlyList<(ClusteredFace Face, FaceEmbedding Embedding)> Faces, int Failed) Collect(
        IReadOnlyList<string> files,
        ClusterFolder folder,
        CancellationToken stop
    )
    {
        List<(ClusteredFace, FaceEmbedding)> faces = [];
        int failed = 0;
        using Progress progress = new("embedding", files.Count, settings.Quiet);
        // In order, so that two runs number the faces alike; as many pictures as threads at once, so that memory stays bounded.
        foreach (
            (string file, Found[]? found) in files
                .AsParallel()
                .AsOrdered()
                .WithMergeOptions(ParallelMergeOptions.NotBuffered)
                .WithDegreeOfParallelism(settings.Threads)
                .WithCancellation(stop)
                .Select(file => (file, Analyze(file, stop)))
        )
        {
            progress.Advance();
            if (found is null)
            {
                failed++;
                continue;
            }
            foreach (Found item in found)
            {
                int number = faces.Count;
                string crop = ClusterFolder.CropOf(number);
                File.WriteAllBytes(folder.PathOf(crop), CropPng.Encode(item.Crop));
                AnalyzedFace face = item.Face;
                faces.Add(
                    (
                        new(number, file, face.Box, face.Score, face.Embedding!.Norm, Math.Round(face.Quality!.Score, 4), crop),
                        face.Embedding
                    )
                );
            }
        }
        return (faces, failed);
    }

    private Found[]? Analyze(string file, CancellationToken stop)
    {
        try
        {
            using FaceImage image = FaceImage.FromFile(file, decoding);
            ImageAnalysis analysis = analyzer.Analyze(image, FaceFeatures.Embedding | FaceFeatures.Quality, stop);
            return
            [
                .. analysis
                    .Faces!.Where(face => face.Embedding is not null)
                    .Select(face => new Found(face, analyzer.Aligner.Align(image, face.Detection))),
            ];
        }
        catch (Exception e) when (e is SemblanceException or IOException or UnauthorizedAccessException)
        {
            Messages.Error($"{(e.Message.Contains(file, StringComparison.Ordinal) ? "" : file + ": ")}{e.Message}");
            return null;
        }
    }
}
