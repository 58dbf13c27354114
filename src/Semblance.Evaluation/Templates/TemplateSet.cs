using Semblance.Embedding;

namespace Semblance.Evaluation.Templates;

/// <summary>
/// Templates of several pictures, as IJB-B and IJB-C have them (Maze et al., "IARPA Janus Benchmark – C", ICB 2018): the vectors of one
/// media are averaged first, then those of a template's media, then the length is made 1, so that a long video counts no more than a still.
/// </summary>
public static class TemplateSet
{
    /// <summary>Makes one vector a template.</summary>
    /// <param name="faces">The protocol's pictures.</param>
    /// <param name="embeddings">The face of every picture; null where there is none.</param>
    /// <param name="weight">
    /// Weight of a picture's face in its media: its norm, where blurred frames are to count less, its quality, or 1. The default weighs by
    /// norm, which is what averaging unscaled vectors does.
    /// </param>
    /// <returns>A vector by template; templates without a single face are missing.</returns>
    /// <exception cref="EvaluationException">A picture was not embedded, or a template's vectors cancel out.</exception>
    /// <exception cref="EmbeddingMismatchException">Embeddings of several contracts.</exception>
    public static IReadOnlyDictionary<int, FaceEmbedding> Make(
        IEnumerable<TemplateFace> faces,
        IReadOnlyDictionary<string, FaceEmbedding?> embeddings,
        Func<string, FaceEmbedding, double>? weight = null
    )
    {
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(embeddings);
        weight ??= (_, embedding) => embedding.Norm;
        Dictionary<int, FaceEmbedding> templates = [];
        string? contract = null;
        foreach (IGrouping<int, TemplateFace> template in faces.GroupBy(face => face.Template))
        {
            double[]? sum = null;
            FaceEmbedding? last = null;
            int mediaCount = 0;
            foreach (IGrouping<int, TemplateFace> media in template.GroupBy(face => face.Media))
            {
                double[]? mean = null;
                (string Image, FaceEmbedding Embedding)[] known =
                [
                    .. media
                        .Select(face => (face.Image, Of(face.Image)))
                        .Where(face => face.Item2 is not null)
                        .Select(face => (face.Image, face.Item2!)),
                ];
                foreach ((string image, FaceEmbedding embedding) in known)
                {
                    contract ??= embedding.Contract;
                    if (embedding.Contract != contract)
                        throw new EmbeddingMismatchException(contract, embedding.Contract);
                    Add(mean ??= new double[embedding.Dimension], embedding.Vector.Span, weight(image, embedding) / known.Length);
                    last = embedding;
                }
                if (mean is null)
                    continue;
                mediaCount++;
                sum ??= new double[mean.Length];
                for (int i = 0; i < mean.Length; i++)
                    sum[i] += mean[i];
            }
            if (sum is null)
                continue;
            double length = Math.Sqrt(sum.Sum(x => x * x));
            if (length == 0)
                throw new EvaluationException($"the vectors of template {template.Key} cancel out");
            templates[template.Key] = new(
                sum.Select(x => (float)(x / length)).ToArray(),
                (float)(length / mediaCount),
                last!.Model,
                last.Contract
            );
        }
        return templates;

        FaceEmbedding? Of(string image) =>
            embeddings.TryGetValue(image, out FaceEmbedding? embedding)
                ? embedding
                : throw new EvaluationException($"{image} was not embedded");
    }

    private static void Add(double[] sum, ReadOnlySpan<float> vector, double weight)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += weight * vector[i];
    }
}
