using Semblance.Matching;

namespace Semblance.Server.Api;

/// <summary>Says why faces do not allow an answer.</summary>
internal static class DecisionReasons
{
    /// <summary>What is wrong with a comparison and the faces that took part; empty where nothing is.</summary>
    /// <param name="decision">A decision of <see cref="Decision.CannotTell"/>.</param>
    /// <param name="matcher">Who decided.</param>
    /// <param name="faces">The faces with their embeddings, and their quality where it was judged.</param>
    public static IReadOnlyList<string> Of(MatchDecision decision, FaceMatcher matcher, params AnalyzedFace[] faces) =>
        [
            .. new[] { CannotTellReasons.OfLikeness(decision.SimilarityNeeded, matcher.UsualSimilarity) }
                .OfType<string>()
                .Concat(faces.SelectMany(face => CannotTellReasons.OfFace(face.Quality, face.Embedding!, decision.NormNeeded)))
                .Distinct(),
        ];
}
