namespace Semblance.Evaluation.Detection;

/// <summary>Precision and recall as the score threshold falls; detections of equal score come in together.</summary>
/// <param name="outcomes">Score of every detection that counts, and whether it hit.</param>
/// <param name="faces">Labelled faces that count.</param>
internal sealed class PrecisionRecallCurve(IEnumerable<(float Score, bool Hit)> outcomes, int faces)
{
    private readonly List<(int Hits, int False)> _points = Accumulate(outcomes);

    /// <summary>
    /// Area under the curve, all points: precision at a recall is the highest at that recall or beyond (PASCAL VOC 2010). 0 without a face.
    /// </summary>
    public double AveragePrecision()
    {
        double area = 0,
            precision = 0;
        for (int i = _points.Count - 1; i >= 0; i--)
        {
            (int hits, int wrong) = _points[i];
            precision = Math.Max(precision, hits == 0 ? 0 : (double)hits / (hits + wrong));
            int before = i == 0 ? 0 : _points[i - 1].Hits;
            area += (hits - before) * precision;
        }
        return faces == 0 ? 0 : area / faces;
    }

    /// <summary>The largest recall with at most so many false detections.</summary>
    public double RecallAt(int falsePositives) =>
        faces == 0
            ? 0
            : _points.Where(point => point.False <= falsePositives).Select(point => point.Hits).DefaultIfEmpty(0).Max() / (double)faces;

    private static List<(int Hits, int False)> Accumulate(IEnumerable<(float Score, bool Hit)> outcomes)
    {
        List<(int, int)> points = [];
        int hits = 0,
            wrong = 0;
        foreach (
            IGrouping<float, (float Score, bool Hit)> group in outcomes
                .GroupBy(outcome => outcome.Score)
                .OrderByDescending(group => group.Key)
        )
        {
            hits += group.Count(outcome => outcome.Hit);
            wrong += group.Count(outcome => !outcome.Hit);
            points.Add((hits, wrong));
        }
        return points;
    }
}
