using System.Runtime.Intrinsics;

namespace Semblance.Detection.Mtcnn;

/// <summary>A box on its way through the cascade.</summary>
/// <param name="Box">Left, top, right, bottom in pixels of the scanned picture.</param>
/// <param name="Score">Face probability given by the last network.</param>
/// <param name="Regression">The last network's correction of the four corners, as a fraction of width and height.</param>
internal readonly record struct Candidate(Vector128<float> Box, float Score, Vector128<float> Regression)
{
    /// <summary>The box moved by its regression.</summary>
    /// <param name="extra">1 where sides count whole pixels (R-Net, O-Net), 0 for P-Net.</param>
    public Vector128<float> Regressed(float extra)
    {
        float width = Box[2] - Box[0] + extra,
            height = Box[3] - Box[1] + extra;
        return Box + Regression * Vector128.Create(width, height, width, height);
    }

    /// <summary>The square around the centre with the longer side.</summary>
    public static Vector128<float> Square(Vector128<float> box)
    {
        float width = box[2] - box[0],
            height = box[3] - box[1];
        float side = MathF.Max(width, height);
        float left = box[0] + width * 0.5f - side * 0.5f,
            top = box[1] + height * 0.5f - side * 0.5f;
        return Vector128.Create(left, top, left + side, top + side);
    }

    /// <summary>The candidates that non-maximum suppression leaves, highest score first.</summary>
    public static List<Candidate> Suppress(List<Candidate> candidates, float threshold, OverlapMeasure measure)
    {
        Vector128<float>[] boxes = new Vector128<float>[candidates.Count];
        float[] scores = new float[candidates.Count];
        for (int i = 0; i < boxes.Length; i++)
            (boxes[i], scores[i]) = (candidates[i].Box, candidates[i].Score);
        List<Candidate> kept = [];
        foreach (int i in NonMaximumSuppression.Select(boxes, scores, threshold, measure))
            kept.Add(candidates[i]);
        return kept;
    }
}
