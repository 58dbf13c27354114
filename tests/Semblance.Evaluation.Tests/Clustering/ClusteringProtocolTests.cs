using Semblance.Evaluation.Clustering;

namespace Semblance.Evaluation.Tests.Clustering;

public class ClusteringProtocolTests
{
    [Fact]
    public void Scores_are_those_counted_by_hand()
    {
        // Ada three times, one of them apart and one with Bea; Cy has a picture without a face.
        ClusteringReport report = ClusteringProtocol.Evaluate(
            [("Ada", 1), ("Ada", 1), ("Bea", 1), ("Ada", 2), ("Cy", 3), ("Cy", null)],
            missed: 1,
            threshold: 0.4,
            falseMatchRate: 1e-4
        );
        Assert.Equal((5, 3, 1, 1, 4L), (report.Faces, report.People, report.Clusters, report.Missed, report.MatedPairs));
        Assert.Equal(1.0 / 3, report.Precision, 12);
        Assert.Equal(1.0 / 4, report.Recall, 12);
        Assert.Equal(2.0 / 7, report.FScore, 12);
        Assert.Equal((2.0 / 3 + 2.0 / 3 + 1.0 / 3 + 1 + 1 + 1) / 6, report.BCubedPrecision, 12);
        Assert.Equal((2.0 / 3 + 2.0 / 3 + 1 + 1.0 / 3 + 0.5 + 0.5) / 6, report.BCubedRecall, 12);
    }

    [Fact]
    public void Perfect_groups_score_one()
    {
        ClusteringReport report = ClusteringProtocol.Evaluate([("Ada", 1), ("Ada", 1), ("Bea", 2)], 0, 0.4, null);
        Assert.Equal(
            (1, 1, 1, 1, 1, 1),
            (report.Precision, report.Recall, report.FScore, report.BCubedPrecision, report.BCubedRecall, report.BCubedFScore)
        );
    }
}
