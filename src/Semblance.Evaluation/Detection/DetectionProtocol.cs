using System.Globalization;
using Semblance.Detection;

namespace Semblance.Evaluation.Detection;

/// <summary>
/// Average precision at an intersection over union of 0.5. Detections of all pictures are taken by falling score; each takes the labelled
/// face that it overlaps most among those that are still free. Faces that are ignored or lower than the height asked for are neither misses
/// nor, when hit, false detections; a detection lower than that height that hits nothing does not count either.
/// </summary>
/// <remarks>
/// Ties: of two detections with one score in a picture the one given first chooses first; of two faces that are overlapped alike the one
/// labelled first is taken. On the curve, detections of one score come in together. A second detection of a face is false unless it also
/// hits an ignored one.
/// </remarks>
public static class DetectionProtocol
{
    /// <summary>Overlap from which a detection counts as a hit.</summary>
    public const float HitOverlap = 0.5f;

    /// <summary>Measures.</summary>
    /// <param name="images">Labelled faces and what was found, picture by picture.</param>
    /// <param name="minHeights">Heights in pixels; figures are given for each.</param>
    /// <param name="scoreFloor">The detector's lowest score; stated in the report.</param>
    public static DetectionReport Evaluate(
        IReadOnlyList<(TruthImage Truth, IReadOnlyList<DetectedFace> Found)> images,
        IReadOnlyList<int> minHeights,
        double scoreFloor
    )
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(minHeights);
        Dictionary<string, double> precision = [],
            recall = [];
        foreach (int height in minHeights)
        {
            PrecisionRecallCurve curve = Curve(images, height);
            precision[height.ToString(CultureInfo.InvariantCulture)] = curve.AveragePrecision();
            recall[height.ToString(CultureInfo.InvariantCulture)] = curve.RecallAt(falsePositives: images.Count);
        }
        return new(images.Count, images.Sum(image => image.Truth.Boxes.Count(box => !box.Ignore)), precision, recall, scoreFloor);
    }

    private static PrecisionRecallCurve Curve(IReadOnlyList<(TruthImage Truth, IReadOnlyList<DetectedFace> Found)> images, int minHeight)
    {
        int faces = images.Sum(image => image.Truth.Boxes.Count(box => Counts(box, minHeight)));
        List<(float Score, bool Hit)> outcomes = [];
        foreach ((TruthImage truth, IReadOnlyList<DetectedFace> found) in images)
        {
            bool[] taken = new bool[truth.Boxes.Count];
            foreach (DetectedFace face in found.OrderByDescending(face => face.Score))
                if (Match(face, truth.Boxes, taken, minHeight) is { } hit)
                    outcomes.Add((face.Score, hit));
        }
        return new(outcomes, faces);
    }

    /// <summary>Whether a detection is a hit (true), false (false), or does not count (null).</summary>
    private static bool? Match(DetectedFace face, IReadOnlyList<TruthBox> boxes, bool[] taken, int minHeight)
    {
        int best = -1,
            bestIgnored = -1;
        float overlap = 0,
            overlapIgnored = 0;
        for (int i = 0; i < boxes.Count; i++)
        {
            float iou = face.Box.IntersectionOverUnion(boxes[i].Box);
            if (iou < HitOverlap)
                continue;
            if (Counts(boxes[i], minHeight))
            {
                if (!taken[i] && iou > overlap)
                    (best, overlap) = (i, iou);
            }
            else if (iou > overlapIgnored)
            {
                (bestIgnored, overlapIgnored) = (i, iou);
            }
        }
        if (best >= 0)
            return taken[best] = true;
        return bestIgnored >= 0 || face.Box.Height < minHeight ? null : false;
    }

    private static bool Counts(TruthBox box, int minHeight) => !box.Ignore && box.Box.Height >= minHeight;
}
