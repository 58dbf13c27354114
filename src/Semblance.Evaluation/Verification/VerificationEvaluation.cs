using System.Collections.Concurrent;
using Semblance.Embedding;

namespace Semblance.Evaluation.Verification;

/// <summary>Embeds the pictures of labelled pairs, each once, and measures.</summary>
public static class VerificationEvaluation
{
    /// <summary>Runs an evaluation.</summary>
    /// <param name="pairs">Labelled pairs.</param>
    /// <param name="embed">The face of a picture, or null where there is none; is called from several threads when
    /// <paramref name="parallelism"/> says so.</param>
    /// <param name="progress">Is told after every picture.</param>
    /// <param name="parallelism">Pictures at a time, 1 or more.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="EvaluationException">Pairs of one kind only, or fewer than two folds.</exception>
    /// <exception cref="EmbeddingMismatchException">Embeddings of different contracts.</exception>
    public static async Task<VerificationReport> RunAsync(
        IReadOnlyList<LabelledPair> pairs,
        Func<string, CancellationToken, Task<FaceEmbedding?>> embed,
        IProgress<EvaluationProgress>? progress = null,
        int parallelism = 1,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(embed);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        string[] images = [.. pairs.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Distinct()];
        ConcurrentDictionary<string, FaceEmbedding?> embeddings = [];
        int done = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        await Parallel
            .ForEachAsync(images, options, async (image, stop) =>
            {
                embeddings[image] = await embed(image, stop).ConfigureAwait(false);
                progress?.Report(new(Interlocked.Increment(ref done), images.Length, image));
            })
            .ConfigureAwait(false);
        return VerificationProtocol.Evaluate(pairs, embeddings);
    }
}
