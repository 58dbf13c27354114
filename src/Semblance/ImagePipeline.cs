using System.Diagnostics;
using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Detection.Turns;
using Semblance.Diagnostics;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Quality;

namespace Semblance;

/// <summary>One image through the stages, each timed.</summary>
internal sealed class ImagePipeline(FaceAnalyzerParts parts)
{
    /// <summary>Runs the stages.</summary>
    /// <param name="name">What messages and the result call the picture.</param>
    /// <param name="image">The picture.</param>
    /// <param name="options">What to find out; whether the image is kept is the caller's affair.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    public ImageAnalysis Run(string name, FaceImage image, AnalysisOptions options, CancellationToken cancellationToken)
    {
        using Activity? activity = SemblanceDiagnostics.Source.StartActivity("analyze");
        double decodedBefore = image.DecodingTime.TotalMilliseconds;
        long start = Stopwatch.GetTimestamp();
        using FoundFaces all = Detect(image, cancellationToken);
        IReadOnlyList<DetectedFace> found = all.Faces;
        double detecting = Stopwatch.GetElapsedTime(start).TotalMilliseconds - (image.DecodingTime.TotalMilliseconds - decodedBefore);

        AnalyzedFace[] faces = [.. found.Select(AnalyzedFace.From)];
        StageTimings timings = new() { Detect = detecting };
        IReadOnlyList<int> chosen = new FaceSelection(options.FaceChoice).Choose(name, image, found);
        if (chosen.Count > 0 && options.Features != FaceFeatures.None)
        {
            if (chosen.Count > parts.FaceLimit)
                throw new TooManyFacesException(name, chosen.Count, parts.FaceLimit.Value);
            cancellationToken.ThrowIfCancellationRequested();
            timings = Describe(image, options.Features, all, chosen, faces, timings, cancellationToken);
        }
        ImageAnalysis analysis = new()
        {
            Input = name,
            Width = image.Width,
            Height = image.Height,
            Detector = parts.Detector.Id,
            Faces = faces,
            Warnings = image.Warnings is { Count: > 0 } warnings ? warnings : null,
            Timings = timings with { Decode = image.DecodingTime.TotalMilliseconds - decodedBefore },
        };
        activity?.SetTag("semblance.faces", faces.Length);
        SemblanceDiagnostics.Count(analysis.Faces!.Count, analysis.Timings!);
        AnalysisLog.Analysed(parts.Logger, analysis.Input, analysis.Faces.Count, (analysis.Width, analysis.Height), analysis.Timings!);
        return analysis;
    }

    private FoundFaces Detect(FaceImage image, CancellationToken cancellationToken)
    {
        using Activity? activity = SemblanceDiagnostics.Source.StartActivity("detect");
        return new FaceFinder(parts.Detector, parts.Detection).Find(image, cancellationToken);
    }

    private StageTimings Describe(
        FaceImage image,
        FaceFeatures features,
        FoundFaces found,
        IReadOnlyList<int> chosen,
        AnalyzedFace[] faces,
        StageTimings timings,
        CancellationToken cancellationToken
    )
    {
        _ = image.FullResolution;
        long start = Stopwatch.GetTimestamp();
        AlignedFace[] crops;
        using (SemblanceDiagnostics.Source.StartActivity("align"))
            crops = [.. chosen.Select(i => parts.Aligner.Align(image, found.Faces[i]))];
        timings = timings with { Align = Stopwatch.GetElapsedTime(start).TotalMilliseconds };

        if (features.HasFlag(FaceFeatures.Crop))
            for (int k = 0; k < chosen.Count; k++)
                faces[chosen[k]] = faces[chosen[k]] with { Crop = crops[k] };

        NormScale? norms = features.HasFlag(FaceFeatures.Quality) ? parts.Matcher.Norms : null;
        IReadOnlyList<FaceEmbedding> embeddings = [];
        if (features.HasFlag(FaceFeatures.Embedding) || norms is not null)
        {
            using Activity? activity = SemblanceDiagnostics.Source.StartActivity("embed");
            start = Stopwatch.GetTimestamp();
            embeddings = parts.Embedder.Embed(crops, cancellationToken);
            timings = timings with { Embed = Stopwatch.GetElapsedTime(start).TotalMilliseconds };
        }
        if (features.HasFlag(FaceFeatures.Embedding))
            for (int k = 0; k < chosen.Count; k++)
                faces[chosen[k]] = faces[chosen[k]] with { Embedding = embeddings[k] };
        if (features.HasFlag(FaceFeatures.Quality))
        {
            start = Stopwatch.GetTimestamp();
            for (int k = 0; k < chosen.Count; k++)
            {
                FaceQuality quality = norms is { } scale
                    ? FaceQualityAssessor.Assess(crops[k], image.Width, image.Height, embeddings[k].Norm, scale)
                    : FaceQualityAssessor.Assess(crops[k], image.Width, image.Height);
                faces[chosen[k]] = faces[chosen[k]] with { Quality = quality };
            }
            timings = timings with { Attributes = Stopwatch.GetElapsedTime(start).TotalMilliseconds };
        }
        if (AttributeStage.IsAsked(features))
        {
            using Activity? activity = SemblanceDiagnostics.Source.StartActivity("attributes");
            start = Stopwatch.GetTimestamp();
            foreach (IGrouping<int, int> turned in Enumerable.Range(0, chosen.Count).GroupBy(k => found.Faces[chosen[k]].Turned))
            {
                int[] group = [.. turned.Select(k => chosen[k])];
                FaceEmbedding[] known = [.. turned.Where(k => k < embeddings.Count).Select(k => embeddings[k])];
                FaceAttributes[] attributes = DescribeUpright(found, turned.Key, group, known, features, cancellationToken);
                foreach ((int i, FaceAttributes described) in group.Zip(attributes))
                    faces[i] = faces[i].With(described);
            }
            timings = timings with { Attributes = (timings.Attributes ?? 0) + Stopwatch.GetElapsedTime(start).TotalMilliseconds };
        }
        return timings;
    }

    /// <summary>Networks that cut boxes take faces to stand upright, so they get them so.</summary>
    private FaceAttributes[] DescribeUpright(
        FoundFaces found,
        int turned,
        int[] faces,
        FaceEmbedding[] embeddings,
        FaceFeatures features,
        CancellationToken cancellationToken
    )
    {
        QuarterTurn turn = found.Pictures.TurnOf(turned);
        DetectedFace[] upright = [.. faces.Select(i => turn.Degrees == 0 ? found.Faces[i] : turn.ToUpright(found.Faces[i]))];
        FaceImage picture = found.Pictures.Upright(turned);
        FaceAttributes[] described = parts.Attributes.Describe(picture, upright, embeddings, features, cancellationToken);
        return turn.Degrees == 0 ? described : [.. described.Select(face => TurnedAttributes.ToPicture(face, turn))];
    }
}
