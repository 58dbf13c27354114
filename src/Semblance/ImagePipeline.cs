using System.Diagnostics;
using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Quality;

namespace Semblance;

/// <summary>One image through the stages, each timed.</summary>
internal sealed class ImagePipeline(FaceAnalyzerParts parts)
{
    /// <summary>Which of the faces found go on beyond detection, as indexes.</summary>
    public delegate IReadOnlyList<int> FaceChooser(FaceImage image, IReadOnlyList<DetectedFace> faces);

    public ImageAnalysis Run(FaceImage image, FaceFeatures features, FaceChooser? chooseFaces, CancellationToken cancellationToken)
    {
        double decodedBefore = image.DecodingTime.TotalMilliseconds;
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<DetectedFace> found = parts.Detector.Detect(image, parts.Detection, cancellationToken);
        double detecting = Stopwatch.GetElapsedTime(start).TotalMilliseconds - (image.DecodingTime.TotalMilliseconds - decodedBefore);

        AnalyzedFace[] faces = [.. found.Select(AnalyzedFace.From)];
        StageTimings timings = new() { Detect = detecting };
        IReadOnlyList<int> chosen = chooseFaces?.Invoke(image, found) ?? [.. Enumerable.Range(0, found.Count)];
        if (chosen.Count > 0 && features != FaceFeatures.None)
        {
            cancellationToken.ThrowIfCancellationRequested();
            timings = Describe(image, features, found, chosen, faces, timings, cancellationToken);
        }
        return new()
        {
            Input = image.Name,
            Width = image.Width,
            Height = image.Height,
            Faces = faces,
            Timings = timings with { Decode = image.DecodingTime.TotalMilliseconds - decodedBefore },
        };
    }

    private StageTimings Describe(
        FaceImage image,
        FaceFeatures features,
        IReadOnlyList<DetectedFace> found,
        IReadOnlyList<int> chosen,
        AnalyzedFace[] faces,
        StageTimings timings,
        CancellationToken cancellationToken
    )
    {
        _ = image.FullResolution;
        long start = Stopwatch.GetTimestamp();
        AlignedFace[] crops = [.. chosen.Select(i => parts.Aligner.Align(image, found[i]))];
        timings = timings with { Align = Stopwatch.GetElapsedTime(start).TotalMilliseconds };

        if (features.HasFlag(FaceFeatures.Embedding))
        {
            start = Stopwatch.GetTimestamp();
            IReadOnlyList<FaceEmbedding> embeddings = parts.Embedder.Embed(crops, cancellationToken);
            for (int k = 0; k < chosen.Count; k++)
                faces[chosen[k]] = faces[chosen[k]] with { Embedding = embeddings[k] };
            timings = timings with { Embed = Stopwatch.GetElapsedTime(start).TotalMilliseconds };
        }
        if (features.HasFlag(FaceFeatures.Quality))
        {
            start = Stopwatch.GetTimestamp();
            for (int k = 0; k < chosen.Count; k++)
                faces[chosen[k]] = faces[chosen[k]] with { Quality = FaceQualityAssessor.Assess(crops[k], image.Width, image.Height) };
            timings = timings with { Attributes = Stopwatch.GetElapsedTime(start).TotalMilliseconds };
        }
        if (AttributeStage.IsAsked(features))
        {
            start = Stopwatch.GetTimestamp();
            FaceAttributes[] attributes = parts.Attributes.Describe(image, [.. chosen.Select(i => found[i])], features, cancellationToken);
            for (int k = 0; k < chosen.Count; k++)
            {
                FaceAttributes face = attributes[k];
                faces[chosen[k]] = faces[chosen[k]] with
                {
                    Age = face.Age,
                    Gender = face.Gender,
                    Emotion = face.Emotion,
                    Pose = face.Pose,
                    Landmarks68 = face.Landmarks68,
                };
            }
            timings = timings with { Attributes = (timings.Attributes ?? 0) + Stopwatch.GetElapsedTime(start).TotalMilliseconds };
        }
        return timings;
    }
}
