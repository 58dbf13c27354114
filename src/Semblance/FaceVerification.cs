using Semblance.Imaging;
using Semblance.Matching;

namespace Semblance;

/// <summary>Two images to one decision.</summary>
internal sealed class FaceVerification(FaceAnalyzerParts parts, VerificationOptions options)
{
    private const FaceFeatures Needed = FaceFeatures.Embedding | FaceFeatures.Quality;

    /// <summary>Compares.</summary>
    /// <param name="a">One picture.</param>
    /// <param name="b">The other.</param>
    /// <param name="seen">Called when the first picture is needed no more, before the second is decoded.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    public VerificationResult Run(
        (string Name, FaceImage Image) a,
        (string Name, FaceImage Image) b,
        Action? seen,
        CancellationToken cancellationToken
    )
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
        seen?.Invoke();
        (ImageAnalysis analysisB, AnalyzedFace[] chosenB) = Embed(b.Name, b.Image, cancellationToken);

        (AnalyzedFace faceA, AnalyzedFace faceB, MatchDecision decision) = Decide(asked);
        return new()
        {
            Match = decision.Match,
            Decision = decision.Decision,
            CannotTell = Doubt(decision, faceA, faceB),
            Similarity = decision.Similarity,
            Score = decision.Score,
            Distance = decision.Distance,
            Metric = decision.Metric,
            Threshold = decision.Threshold,
            FalseMatchRate = decision.FalseMatchRate is null ? null : options.FalseMatchRate,
            CalibratedOn = decision.FalseMatchRate is null ? null : parts.Matcher.CalibratedOn,
            Probability = decision.Probability,
            Rates = options.FurtherRates.Count == 0 ? null : [.. options.FurtherRates.Select(At)],
            Detector = parts.Detector.Id,
            Embedder = parts.Embedder.Id,
            A = new(a.Name, analysisA.Faces!.Count, options.Face, faceA) { Warnings = analysisA.Warnings },
            B = new(b.Name, analysisB.Faces!.Count, options.Face, faceB) { Warnings = analysisB.Warnings },
        };

        // With several comparisons each may only take its share of the rate (Bonferroni).
        (AnalyzedFace A, AnalyzedFace B, MatchDecision Decision) Decide(MatchOptions how)
        {
            MatchOptions share = how with { FalseMatchRate = how.FalseMatchRate / (chosenA.Length * chosenB.Length) };
            return (
                from x in chosenA
                from y in chosenB
                select (x, y, Decision: parts.Matcher.Compare(x.Embedding!, y.Embedding!, share))
            ).MaxBy(pair => (pair.Decision.Decision != Decision.CannotTell, pair.Decision.Score));
        }

        RateDecision At(double rate)
        {
            try
            {
                (AnalyzedFace x, AnalyzedFace y, MatchDecision at) = Decide(asked with { FalseMatchRate = rate, Threshold = null });
                return RateDecision.Of(rate, at, Doubt(at, x, y));
            }
            catch (UnsupportedRateException e)
            {
                return RateDecision.Of(rate, e);
            }
        }

        CannotTell? Doubt(MatchDecision at, AnalyzedFace x, AnalyzedFace y) =>
            at.Decision == Decision.CannotTell ? new(Reasons(at, (a.Name, x), (b.Name, y))) : null;
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
