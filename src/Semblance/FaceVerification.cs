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
        ).MaxBy(pair => pair.Item3.Similarity);
        return new()
        {
            Match = decision.Match,
            Similarity = decision.Similarity,
            Distance = decision.Distance,
            Metric = decision.Metric,
            Threshold = decision.Threshold,
            FalseMatchRate = decision.FalseMatchRate is null ? null : options.FalseMatchRate,
            Probability = decision.Probability,
            Embedder = parts.Embedder.Id,
            A = new(a.Name, analysisA.Faces!.Count, options.Face, faceA) { Warnings = analysisA.Warnings },
            B = new(b.Name, analysisB.Faces!.Count, options.Face, faceB) { Warnings = analysisB.Warnings },
        };
    }

    private (ImageAnalysis Analysis, AnalyzedFace[] Chosen) Embed(string name, FaceImage image, CancellationToken cancellationToken)
    {
        AnalysisOptions how = new() { Features = Needed, FaceChoice = options.Face };
        ImageAnalysis analysis = new ImagePipeline(parts).Run(name, image, how, cancellationToken);
        AnalyzedFace[] chosen = [.. analysis.Faces!.Where(face => face.Embedding is not null)];
        return chosen.Length > 0 ? (analysis, chosen) : throw new NoFaceException(name);
    }
}
