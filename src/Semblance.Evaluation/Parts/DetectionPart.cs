using Semblance.Detection;
using Semblance.Evaluation.Detection;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;

namespace Semblance.Evaluation.Parts;

/// <summary>Detection on photographs with labelled faces.</summary>
public static class DetectionPart
{
    /// <summary>Measures.</summary>
    /// <param name="runs">Works through pictures.</param>
    /// <param name="source">The set.</param>
    /// <param name="truth">Labelled faces.</param>
    /// <param name="detection">Lowest score and smallest face.</param>
    /// <param name="minHeights">Heights in pixels; figures are given for each.</param>
    /// <param name="prefix">Folder inside the set that names are relative to; empty for the set itself.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The part of a report, and the protocol's own report.</returns>
    public static async Task<(MeasuredPart Part, DetectionReport Report)> MeasureAsync(
        PictureRuns runs,
        PartSource source,
        IReadOnlyList<TruthImage> truth,
        DetectionOptions detection,
        IReadOnlyList<int> minHeights,
        string prefix = "",
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(detection);
        string[] images = [.. truth.Select(image => prefix + image.File)];
        IReadOnlyDictionary<string, DetectionRecord> found = await runs.DetectAsync(
                source.Set.Pictures(images),
                detection,
                cancellationToken
            )
            .ConfigureAwait(false);
        (TruthImage Truth, IReadOnlyList<DetectedFace> Found)[] pairs =
        [
            .. truth.Select(image => (image, found[prefix + image.File].Faces)),
        ];
        DetectionReport report = DetectionProtocol.Evaluate(pairs, minHeights, Math.Round((double)detection.MinScore!.Value, 4));
        report = report with { Unreadable = images.Count(image => found[image].Unreadable is not null) };
        ReportData data = new(
            source.Id,
            source.Description,
            truth.Count,
            null,
            images.Count(image => found[image] is { Values.Length: 0, Unreadable: null }),
            report.Unreadable,
            Fingerprints.Of(source.Set, images),
            []
        );
        string sentence =
            $"On {source.Id}, average precision is "
            + string.Join(", ", report.Ap.Select(ap => $"{ReportText.Number(ap.Value, FigureKind.Number)} for faces from {ap.Key} pixels"))
            + ".";
        return (new(data, [Section(source, report, runs, detection, sentence)], [sentence]), report);
    }

    private static ReportSection Section(
        PartSource source,
        DetectionReport report,
        PictureRuns runs,
        DetectionOptions detection,
        string sentence
    ) =>
        new()
        {
            Id = $"{source.Id}-detection",
            Title = $"Are faces found? ({source.Id})",
            AskedFor = ["EU AI Act Art. 15 (accuracy)"],
            Data = source.Id,
            Finding = sentence,
            Protocol =
                $"Detector {runs.Analyzer.Detector.Id}, every detection down to a score of "
                + $"{ReportText.Number(detection.MinScore!.Value, FigureKind.Number)}. Average precision at an overlap of 0.5 over all "
                + "points; faces that are lower than the height are neither misses nor, when hit, false detections.",
            Figures =
            [
                .. report.Ap.Select(ap => new ReportFigure(
                    $"ap.{ap.Key}",
                    $"average precision, faces from {ap.Key} px",
                    ap.Value,
                    FigureKind.Number
                )
                {
                    Count = report.Faces,
                    IsHeadline = true,
                }),
                .. report.RecallAt1FalsePositivePerImage.Select(recall => new ReportFigure(
                    $"recall.{recall.Key}",
                    $"found at one false detection a picture, from {recall.Key} px",
                    recall.Value,
                    FigureKind.Share
                )),
            ],
        };
}
