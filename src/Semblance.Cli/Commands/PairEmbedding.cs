using System.Collections.Concurrent;
using Semblance.Cli.Output;
using Semblance.Evaluation;
using Semblance.Imaging;

namespace Semblance.Cli.Commands;

/// <summary>Embeds the chosen face of every picture of a set, on all threads, with a progress bar.</summary>
internal static class PairEmbedding
{
    /// <summary>Embeds.</summary>
    /// <returns>The faces by picture; null where none was found.</returns>
    /// <exception cref="EvaluationException">A picture cannot be read: a figure over part of a set would be wrong.</exception>
    public static IReadOnlyDictionary<string, AnalyzedFace?> Run(
        FaceAnalyzer analyzer,
        Settings settings,
        string folder,
        IReadOnlyCollection<string> images,
        FaceChoice choice,
        CancellationToken stop
    )
    {
        if (!Directory.Exists(folder))
            throw new EvaluationException($"{folder}: no such folder of images");
        string[] missing = [.. images.Where(image => !File.Exists(Path.Combine(folder, image))).Take(4)];
        if (missing.Length > 0)
            throw new EvaluationException(
                $"{string.Join(", ", missing.Take(3))}{(missing.Length > 3 ? ", …" : "")} not found below {folder}"
            );
        ConcurrentDictionary<string, AnalyzedFace?> faces = [];
        using Progress progress = new("embedding", images.Count, settings.Quiet);
        try
        {
            Parallel.ForEach(images, new ParallelOptions { MaxDegreeOfParallelism = settings.Threads, CancellationToken = stop }, image =>
            {
                using FaceImage picture = FaceImage.FromFile(Path.Combine(folder, image), AnalyzerOptions.Decoding(settings));
                faces[image] = analyzer.EmbedChosen(picture, choice, stop);
                progress.Advance();
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<SemblanceException>().FirstOrDefault() is { } first)
        {
            throw new EvaluationException($"the set cannot be measured: {first.Message}", e);
        }
        return faces;
    }
}
