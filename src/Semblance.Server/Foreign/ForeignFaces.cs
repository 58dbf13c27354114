using Microsoft.AspNetCore.Http;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Gallery;
using Semblance.Gallery.Identifying;
using Semblance.Geometry;
using Semblance.Imaging;
using Semblance.Matching;
using Semblance.Server.Api;
using Semblance.Server.Bodies;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;

namespace Semblance.Server.Foreign;

/// <summary>What the routes of other systems do with faces, on the same queue as the native ones.</summary>
internal sealed class ForeignFaces(ServiceParts parts)
{
    /// <summary>Finds and describes faces.</summary>
    /// <param name="served">Whose embedder is used.</param>
    /// <param name="upload">The picture.</param>
    /// <param name="features">What to find out.</param>
    /// <param name="none">What happens where there is no face.</param>
    /// <param name="gone">The client has gone.</param>
    public Task<ImageAnalysis> AnalyzeAsync(
        ServedGallery served,
        Upload upload,
        FaceFeatures features,
        WithoutFace none,
        CancellationToken gone
    ) =>
        parts.Work.Queue.RunAsync(
            parts.Work.PixelsOf(upload),
            async stop =>
            {
                ImageAnalysis analysis = await parts
                    .Work.AnalyzeOnWorkerAsync(served.Analyzer, upload, features, stop)
                    .ConfigureAwait(false);
                if (analysis.Faces!.Count > 0 || none == WithoutFace.AnswerNone)
                    return analysis;
                if (none == WithoutFace.Refuse)
                    throw new NoFaceException(upload.Name);
                using FaceImage image = FaceImage.FromBytes(upload.Bytes, upload.Name, parts.Work.Decoding);
                return analysis with { Faces = [WholePicture(served.Analyzer, image, features, stop)] };
            },
            gone
        );

    /// <summary>Searches for all faces of a picture and tells the access log and who listens.</summary>
    public async Task<(ImageAnalysis Analysis, IReadOnlyList<Identification> Answers)> IdentifyAsync(
        HttpContext http,
        ServedGallery served,
        ImageAnalysis analysis,
        int candidates,
        CancellationToken gone
    )
    {
        parts.Policy.RequireIdentification();
        IdentifyOptions options = new()
        {
            FalsePositiveIdentificationRate = parts.Settings.Current.FalsePositiveIdentificationRate,
            Candidates = candidates,
        };
        IReadOnlyList<Identification> answers = await served
            .Gallery.IdentifyAsync([.. analysis.Faces!.Select(face => face.Embedding!)], options, gone)
            .ConfigureAwait(false);
        await Identifier.TellAsync(parts, http, served, analysis, answers).ConfigureAwait(false);
        return (analysis, answers);
    }

    /// <summary>The rate for one of several comparisons, no smaller than the calibration supports.</summary>
    public MatchOptions Shared(FaceAnalyzer analyzer, int comparisons)
    {
        double rate = parts.Settings.Current.FalseMatchRate / Math.Max(1, comparisons);
        return new() { FalseMatchRate = Math.Max(rate, analyzer.Matcher.Thresholds?.SmallestRate ?? rate) };
    }

    /// <summary>
    /// Our calibrated probability, for clients that read a similarity of 0 to 1 as one; without a calibration half of 1 + score. 0 where
    /// the pictures do not allow an answer: such clients know yes and no alone.
    /// </summary>
    public static double ProbabilityOf(MatchDecision decision) =>
        decision.Decision == Decision.CannotTell ? 0 : Rounded(decision.Probability, decision.Score);

    /// <inheritdoc cref="ProbabilityOf(MatchDecision)"/>
    public static double ProbabilityOf(VerificationResult result) =>
        result.Decision == Decision.CannotTell ? 0 : Rounded(result.Probability, result.Score);

    /// <inheritdoc cref="ProbabilityOf(MatchDecision)"/>
    public static double ProbabilityOf(Identification answer, PersonCandidate candidate) =>
        answer.CannotTell is not null ? 0 : Rounded(candidate.Probability, candidate.Score);

    /// <summary>The people whose score reaches the threshold, best first; none where nobody is named.</summary>
    public static IEnumerable<PersonCandidate> KnownOf(Identification answer) =>
        answer.Match is null ? [] : answer.Candidates.Where(candidate => candidate.Score >= answer.Threshold.Similarity);

    /// <summary>A stored reference as an embedding.</summary>
    public static FaceEmbedding EmbeddingOf(ServedGallery served, FaceReference reference)
    {
        GalleryContract contract = served.Gallery.Settings.Contract;
        return new(reference.Vector, reference.Norm, contract.Embedder, contract.Contract) { Baseline = reference.Baseline };
    }

    private static double Rounded(double? probability, double score) => Math.Round(probability ?? Math.Clamp((1 + score) / 2, 0, 1), 5);

    /// <summary>The whole picture taken for a face, where a client insists.</summary>
    private static AnalyzedFace WholePicture(FaceAnalyzer analyzer, FaceImage image, FaceFeatures features, CancellationToken stop)
    {
        FaceLandmarks landmarks = ArcFaceTemplate.Points.Select(point =>
            new(point.X * image.Width / ArcFaceTemplate.Size, point.Y * image.Height / ArcFaceTemplate.Size)
        );
        DetectedFace face = new(new(0, 0, image.Width, image.Height), 0, landmarks);
        return new()
        {
            Box = face.Box,
            Score = 0,
            Landmarks = landmarks,
            Embedding = features.HasFlag(FaceFeatures.Embedding)
                ? analyzer.Embedder.Embed([analyzer.Aligner.Align(image, face)], stop)[0]
                : null,
        };
    }
}

/// <summary>What happens where a picture has no face.</summary>
internal enum WithoutFace
{
    /// <summary>An empty answer.</summary>
    AnswerNone,

    /// <summary>An error.</summary>
    Refuse,

    /// <summary>The whole picture is taken for one.</summary>
    TakeWholePicture,
}
