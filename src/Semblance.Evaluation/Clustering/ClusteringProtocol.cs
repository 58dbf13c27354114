namespace Semblance.Evaluation.Clustering;

/// <summary>Compares groups of pictures with the people on them.</summary>
public static class ClusteringProtocol
{
    /// <summary>Counts.</summary>
    /// <param name="pictures">Who is on each picture, and in which group it was put; null for none: then it is alone.</param>
    /// <param name="missed">How many of the pictures without a group have no face.</param>
    /// <param name="threshold">For the report.</param>
    /// <param name="falseMatchRate">For the report.</param>
    public static ClusteringReport Evaluate(
        IReadOnlyList<(string Person, int? Cluster)> pictures,
        int missed,
        double threshold,
        double? falseMatchRate
    )
    {
        ArgumentNullException.ThrowIfNull(pictures);
        Dictionary<string, int> people = pictures.CountBy(picture => picture.Person).ToDictionary();
        Dictionary<int, int> clusters = pictures
            .Where(picture => picture.Cluster is not null)
            .CountBy(picture => picture.Cluster!.Value)
            .ToDictionary();
        Dictionary<(string, int), int> both = pictures
            .Where(picture => picture.Cluster is not null)
            .CountBy(picture => (picture.Person, picture.Cluster!.Value))
            .ToDictionary();
        long mated = people.Values.Sum(Pairs),
            together = clusters.Values.Sum(Pairs),
            right = both.Values.Sum(Pairs);
        double precision = Ratio(right, together),
            recall = Ratio(right, mated);
        double facePrecision = pictures.Average(picture => picture.Cluster is { } c ? both[(picture.Person, c)] / (double)clusters[c] : 1);
        double faceRecall = pictures.Average(picture =>
            (picture.Cluster is { } c ? both[(picture.Person, c)] : 1) / (double)people[picture.Person]
        );
        return new()
        {
            Faces = pictures.Count - missed,
            People = people.Count,
            Clusters = clusters.Values.Count(size => size > 1),
            Missed = missed,
            MatedPairs = mated,
            Precision = precision,
            Recall = recall,
            FScore = HarmonicMean(precision, recall),
            BCubedPrecision = facePrecision,
            BCubedRecall = faceRecall,
            BCubedFScore = HarmonicMean(facePrecision, faceRecall),
            Threshold = threshold,
            FalseMatchRate = falseMatchRate,
        };
    }

    private static long Pairs(int count) => (long)count * (count - 1) / 2;

    /// <summary>Nothing asked for is nothing missed.</summary>
    private static double Ratio(long part, long whole) => whole == 0 ? 1 : part / (double)whole;

    private static double HarmonicMean(double a, double b) => a + b == 0 ? 0 : 2 * a * b / (a + b);
}
