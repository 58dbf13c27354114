using Semblance.Embedding;
using Semblance.Imaging;

namespace Semblance.Benchmarks;

/// <summary>Faces of a folder's photographs, and of the same photographs mirrored: references of a gallery, and probes that show
/// somebody in it.</summary>
internal sealed class EmbeddedFaces
{
    private EmbeddedFaces(FaceAnalyzer analyzer, List<FaceEmbedding> references, List<FaceEmbedding> probes) =>
        (Contract, References, Probes) = (Gallery.GalleryContract.Of(analyzer.Embedder), references, probes);

    /// <summary>The embedder and its cohort.</summary>
    public Gallery.GalleryContract Contract { get; }

    /// <summary>The face nearest the middle of every photograph, with its baseline.</summary>
    public IReadOnlyList<FaceEmbedding> References { get; }

    /// <summary>The faces of some of the photographs, mirrored.</summary>
    public IReadOnlyList<FaceEmbedding> Probes { get; }

    /// <param name="folder">Photographs, also in folders inside.</param>
    /// <param name="probes">How many are looked at mirrored, too: at even distances.</param>
    public static EmbeddedFaces Of(string folder, int probes)
    {
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateBuilder().UseExecution(new() { Threads = 1 }).Build();
        string[] files = PhotographFolder.FilesOf(folder, SearchOption.AllDirectories);
        int step = Math.Max(1, files.Length / probes);
        List<FaceEmbedding> references = [],
            mirrored = [];
        for (int i = 0; i < files.Length; i++)
        {
            using FaceImage image = FaceImage.FromFile(files[i]);
            if (Embed(analyzer, image) is not { } reference)
                continue;
            references.Add(reference);
            if (i % step != 0 || mirrored.Count == probes)
                continue;
            using FaceImage turned = TurnedMeasurement.Mirror(image);
            if (Embed(analyzer, turned) is { } probe)
                mirrored.Add(probe);
        }
        return new(analyzer, references, mirrored);
    }

    private static FaceEmbedding? Embed(FaceAnalyzer analyzer, FaceImage image)
    {
        FaceEmbedding? found = analyzer.EmbedChosen(image, FaceChoice.Center)?.Embedding;
        return found is null ? null : found with { Baseline = (float)analyzer.Matcher.BaselineOf(found) };
    }
}
