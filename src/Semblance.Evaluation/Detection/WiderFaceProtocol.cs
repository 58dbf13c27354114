using Semblance.Detection;
using Semblance.Geometry;

namespace Semblance.Evaluation.Detection;

/// <summary>
/// WIDER FACE's own evaluation (Yang, Luo, Loy, Tang, CVPR 2016, and the scripts beside the set): scores are stretched to 0 to 1 over the
/// whole set, precision and recall are taken at 1,000 thresholds, boxes have whole pixels at both ends (a width is right − left + 1), and
/// what does not count in a setting is neither miss nor false detection.
/// </summary>
public static class WiderFaceProtocol
{
    private const int Thresholds = 1000;
    private const double HitOverlap = 0.5;

    /// <summary>Average precision of one setting.</summary>
    /// <param name="images">Truth of the setting, and what was found.</param>
    /// <exception cref="EvaluationException">No face counts.</exception>
    public static double AveragePrecision(IReadOnlyList<(WiderFaceTruth Truth, IReadOnlyList<DetectedFace> Found)> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        long faces = images.Sum(image => (long)image.Truth.Counted.Count);
        if (faces == 0)
            throw new EvaluationException("no face counts in this setting");
        (double lowest, double highest) = Range(images);
        long[] proposals = new long[Thresholds],
            hits = new long[Thresholds];
        foreach ((WiderFaceTruth truth, IReadOnlyList<DetectedFace> found) in images)
        {
            // As in the scripts, a picture without labelled faces does not count, not even against false detections.
            if (found.Count == 0 || truth.Boxes.Count == 0)
                continue;
            DetectedFace[] falling = [.. found.OrderByDescending(face => face.Score)];
            (int[] recalled, int[] proposed) = Match(truth, falling);
            int last = -1;
            for (int t = 0; t < Thresholds; t++)
            {
                double threshold = 1 - (t + 1.0) / Thresholds;
                while (last + 1 < falling.Length && Stretched(falling[last + 1].Score) >= threshold)
                    last++;
                if (last < 0)
                    continue;
                proposals[t] += proposed[last];
                hits[t] += recalled[last];
            }
        }
        return Area(proposals, hits, faces);

        double Stretched(double score) => highest > lowest ? (score - lowest) / (highest - lowest) : 1;
    }

    private static (double, double) Range(IReadOnlyList<(WiderFaceTruth Truth, IReadOnlyList<DetectedFace> Found)> images)
    {
        double low = double.PositiveInfinity,
            high = double.NegativeInfinity;
        foreach (float score in images.SelectMany(image => image.Found.Select(face => face.Score)))
            (low, high) = (Math.Min(low, score), Math.Max(high, score));
        return (low, high);
    }

    /// <summary>For every detection in falling order, faces found and proposals made up to it.</summary>
    private static (int[] Recalled, int[] Proposed) Match(WiderFaceTruth truth, DetectedFace[] falling)
    {
        bool[] counts = new bool[truth.Boxes.Count],
            isFound = new bool[truth.Boxes.Count];
        foreach (int index in truth.Counted)
            counts[index] = true;
        int[] recalled = new int[falling.Length],
            proposed = new int[falling.Length];
        int hits = 0,
            proposals = 0;
        for (int i = 0; i < falling.Length; i++)
        {
            (int best, double overlap) = (-1, -1);
            for (int b = 0; b < truth.Boxes.Count; b++)
                if (Overlap(falling[i].Box, truth.Boxes[b]) is double here && here > overlap)
                    (best, overlap) = (b, here);
            bool isIgnored = overlap >= HitOverlap && !counts[best];
            if (!isIgnored)
                proposals++;
            // A second detection of a face is a false one: it is proposed and adds nothing to what was found.
            if (overlap >= HitOverlap && counts[best] && !isFound[best])
            {
                isFound[best] = true;
                hits++;
            }
            (recalled[i], proposed[i]) = (hits, proposals);
        }
        return (recalled, proposed);
    }

    /// <summary>Intersection over union with both end pixels inside.</summary>
    private static double Overlap(in FaceBox a, in FaceBox b)
    {
        double width = Math.Min(a.Right, b.Right) - Math.Max(a.X, b.X) + 1,
            height = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Y, b.Y) + 1;
        if (width <= 0 || height <= 0)
            return 0;
        double inside = width * height;
        return inside / ((a.Width + 1) * (double)(a.Height + 1) + (b.Width + 1) * (double)(b.Height + 1) - inside);
    }

    /// <summary>Area below the envelope of precision over recall.</summary>
    private static double Area(long[] proposals, long[] hits, long faces)
    {
        double area = 0,
            precision = 0;
        for (int t = Thresholds - 1; t >= 0; t--)
        {
            precision = Math.Max(precision, proposals[t] == 0 ? 0 : (double)hits[t] / proposals[t]);
            long before = t == 0 ? 0 : hits[t - 1];
            area += (hits[t] - before) / (double)faces * precision;
        }
        return area;
    }
}
