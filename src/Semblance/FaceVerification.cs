using Semblance.Imaging;
using Semblance.Matching;

namespace Semblance;

/// <summary>Two images to one decision.</summary>
internal sealed class FaceVerification(FaceAnalyzerParts parts, VerificationOptions options)
{
    public VerificationResult Run(FaceImage a, FaceImage b, CancellationToken cancellationToken)
    {
        // An unsupported rate is refused before any work is done.
        MatchOptions asked = new()
        {
            FalseMatchRate = options.FalseMatchRate,
            Threshold = options.Threshold,
            Metric = options.Metric,
        };
        parts.Matcher.Validate(asked);
        (ImageAnalysis analysisA, AnalyzedFace[] chosenA) = Embed(a, cancellationToken);
        (ImageAnalysis analysisB, AnalyzedFace[] chosenB) = Embed(b, cancellationToken);

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
            A = new(a.Name, analysisA.Faces!.Count, options.Face, faceA),
            B = new(b.Name, analysisB.Faces!.Count, options.Face, faceB),
        };
    }

    private (ImageAnalysis Analysis, AnalyzedFace[] Chosen) Embed(FaceImage image, CancellationToken cancellationToken)
    {
        FaceSelection selection = new(options.Face);
        ImageAnalysis analysis = new ImagePipeline(parts).Run(
            image,
            FaceFeatures.Embedding | FaceFeatures.Quality,
            selection.Choose,
            cancellationToken
        );
        AnalyzedFace[] chosen = [.. analysis.Faces!.Where(face => face.Embedding is not null)];
        return chosen.Length > 0 ? (analysis, chosen) : throw new NoFaceException(image.Name);
    }
}
