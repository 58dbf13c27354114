using System.Numerics;

namespace Semblance.Detection.BlazeFace;

/// <summary>How the score of merged candidates comes about.</summary>
public enum MergedScore
{
    /// <summary>The highest of the group, as MediaPipe does.</summary>
    Highest,

    /// <summary>The mean of the group, as hollance/BlazeFace-PyTorch does.</summary>
    Mean,
}

/// <summary>
/// BlazeFace's suppression: instead of dropping what overlaps the best candidate, all of the group are averaged, weighted by score.
/// Steadier from frame to frame than plain suppression.
/// </summary>
internal static class WeightedSuppression
{
    /// <summary>Merges candidates.</summary>
    /// <param name="candidates">In any order.</param>
    /// <param name="threshold">Candidates that overlap the best one more than this (intersection over union) join its group.</param>
    /// <param name="mergedScore">How the group's score comes about.</param>
    public static List<BlazeFaceCandidate> Merge(IEnumerable<BlazeFaceCandidate> candidates, float threshold, MergedScore mergedScore)
    {
        List<BlazeFaceCandidate> remaining = [.. candidates.OrderByDescending(candidate => candidate.Score)];
        List<BlazeFaceCandidate> merged = [];
        while (remaining.Count > 0)
        {
            BlazeFaceCandidate best = remaining[0];
            FaceBox box = best.Box;
            List<BlazeFaceCandidate> group = [best, .. remaining.Skip(1).Where(other => box.IntersectionOverUnion(other.Box) > threshold)];
            merged.Add(Average(group, mergedScore));
            remaining.RemoveAll(group.Contains);
        }
        return merged;
    }

    private static BlazeFaceCandidate Average(List<BlazeFaceCandidate> group, MergedScore mergedScore)
    {
        float total = group.Sum(candidate => candidate.Score);
        Vector2[] points = new Vector2[group[0].Points.Length];
        foreach (BlazeFaceCandidate candidate in group)
            for (int k = 0; k < points.Length; k++)
                points[k] += candidate.Points[k] * (candidate.Score / total);
        return new(mergedScore == MergedScore.Highest ? group[0].Score : total / group.Count, points);
    }
}
