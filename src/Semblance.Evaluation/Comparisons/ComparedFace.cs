using Semblance.Embedding;
using Semblance.Matching;

namespace Semblance.Evaluation.Comparisons;

/// <summary>A face of a set in which all are compared.</summary>
/// <param name="Image">The picture's name, for messages and errors side by side.</param>
/// <param name="Person">Who is on it.</param>
/// <param name="Embedding">Its embedding.</param>
public sealed record ComparedFace(string Image, string Person, FaceEmbedding Embedding)
{
    /// <summary>What strangers of its kind have in common with it: half of it is taken off every similarity. 0 for none.</summary>
    public double Baseline { get; init; }

    /// <summary>
    /// How much more than for a clear picture is needed because of its quality; of two pictures the larger counts. Infinite where the
    /// picture allows no answer. 0 for none.
    /// </summary>
    public double Handicap { get; init; }

    /// <summary>How alike two faces are: the score of their embeddings, less the larger of the two handicaps. Minus infinity where one of
    /// the pictures allows no answer.</summary>
    public double ScoreWith(ComparedFace other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return FaceMatcher.ScoreOf(FaceSimilarity.Cosine(Embedding, other.Embedding), Baseline, other.Baseline)
            - Math.Max(Handicap, other.Handicap);
    }
}
