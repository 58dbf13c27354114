using Semblance.Imaging;
using Semblance.Matching;

namespace Semblance;

/// <summary>Two images to one decision.</summary>
internal sealed class FaceVerification(FaceAnalyzerParts parts, VerificationOptions options)
{
    private const FaceFeatures Needed = FaceFeatures.Embedding | FaceFeatures.Quality;

    public VerificationResult Run((string Name, FaceImage Image) a, (string Name, FaceImage Image) b, CancellationToken cancellationToken)
    {
        // An unsupported rate is refused before any work is done.
        MatchOptions asked = new()
        {
            FalseMatchRate = options.FalseMatchRate,
            Threshold = options.Threshold,
            Metric = options.Metric,
        };
        parts.Matcher.Validate(asked);
        (ImageAnalysis analysisA, AnalyzedFace[] chosenA) = Embed(a.Name, a.Image, cancellationToken);
        (ImageAnalysis analysisB, AnalyzedFace[] chosenB) = Embed(b.Name, b.Image, cancellationToken);

        // With several comparisons each may only take its share of the rate (Bonferroni).
        int comparisons = chosenA.Length * chosenB.Length;
        MatchOptions share = asked with { FalseMatchRate = asked.FalseMatchRate / comparisons };
        (AnalyzedFace faceA, AnalyzedFace faceB, MatchDecision decision) = (
            from x in chosenA
            from y in chosenB
            select (x, y, parts.Matcher.Compare(x.Embedding!, y.Embedding!, share))
        ).MaxBy(pair => (pair.Item3.Decision != Decision.CannotTell, pair.Item3.Score));
        return new()
        {
            Match = decision.Match,
            Decision = decision.Decision,
            CannotTell = decision.Decision == Decision.CannotTell ? new(Reasons(decision, (a.Name, faceA), (b.Name, faceB))) : null,
            Similarity = decision.Similarity,
            Score = decision.Score,
            Distance = decision.Distance,
            Metric = decision.Metric,
            Threshold = decision.Threshold,
            FalseMatchRate = decision.FalseMatchRate is null ? null : options.FalseMatchRate,
            CalibratedOn = decision.FalseMatchRate is null ? null : parts.Matcher.CalibratedOn,
            Probability = decision.Probability,
            Embedder = parts.Embedder.Id,
            A = new(a.Name, analysisA.Faces!.Count, options.Face, faceA) { Warnings = analysisA.Warnings },
            B = new(b.Name, analysisB.Faces!.Count, options.Face, faceB) { Warnings = analysisB.Warnings },
        };
    }

    private string[] Reasons(MatchDecision decision, params (string Input, AnalyzedFace Face)[] sides) =>
        [
            .. new[] { CannotTellReasons.OfLikeness(decision.SimilarityNeeded, parts.Matcher.UsualSimilarity) }.OfType<string>(),
            .. sides.SelectMany(side =>
                CannotTellReasons
                    .OfFace(side.Face.Quality, side.Face.Embedding!, decision.NormNeeded)
                    .Select(reason => $"{side.Input}: {reason}")
            ),
        ];

    private (ImageAnalysis Analysis, AnalyzedFace[] Chosen) Embed(string name, FaceImage image, CancellationToken cancellationToken)
    {
        AnalysisOptions how = new() { Features = Needed, FaceChoice = options.Face };
        ImageAnalysis analysis = new ImagePipeline(parts).Run(name, image, how, cancellationToken);
        AnalyzedFace[] chosen = [.. analysis.Faces!.Where(face => face.Embedding is not null)];
        return chosen.Length > 0 ? (analysis, chosen) : throw new NoFaceException(name);
    }
}
