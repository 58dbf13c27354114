using System.Globalization;
using Semblance.Embedding;
using Semblance.Quality;

namespace Semblance.Matching;

/// <summary>Puts into words why faces do not allow an answer.</summary>
public static class CannotTellReasons
{
    /// <summary>What is wrong with one face: too small a norm.</summary>
    /// <param name="embedding">The face's embedding.</param>
    /// <param name="normNeeded">The smallest norm that allows an answer; null where any does.</param>
    /// <returns>Null where the face is good enough.</returns>
    public static string? OfNorm(FaceEmbedding embedding, double? normNeeded)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        return embedding.Norm < normNeeded
            ? FormattableString.Invariant($"too little of a face to recognise (norm {embedding.Norm:0.00}, {normNeeded:0.00} needed)")
            : null;
    }

    /// <summary>What is wrong with one face: too small a norm, and what is wrong with its picture.</summary>
    /// <param name="quality">The face's quality; null where it was not judged.</param>
    /// <param name="embedding">The face's embedding.</param>
    /// <param name="normNeeded">The smallest norm that allows an answer; null where any does.</param>
    public static IEnumerable<string> OfFace(FaceQuality? quality, FaceEmbedding embedding, double? normNeeded) =>
        OfNorm(embedding, normNeeded) is { } norm
            ? (quality?.Components ?? [])
                .Where(component => component.Name != QualityComponent.EmbeddingNorm)
                .Select(component => component.Reason)
                .Prepend(norm)
                .OfType<string>()
            : quality?.Reasons ?? [];

    /// <summary>What is wrong with a comparison: strangers on such pictures look alike.</summary>
    /// <param name="similarityNeeded">See <see cref="MatchDecision.SimilarityNeeded"/>; null where there is nothing wrong.</param>
    /// <param name="usual">See <see cref="FaceMatcher.UsualSimilarity"/>.</param>
    /// <returns>Null where there is nothing wrong.</returns>
    public static string? OfLikeness(double? similarityNeeded, double? usual) =>
        similarityNeeded is { } needed
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"strangers on such pictures look alike (similarity {needed:0.00} needed, pictures of one person have {usual:0.00} in "
                    + $"the middle)"
            )
            : null;
}
