namespace Semblance.Evaluation.Attributes;

/// <summary>Stated probabilities against what was right: the diagram behind the calibration error, and accuracy against the share
/// answered.</summary>
public static class Reliability
{
    private const int Points = 50;

    /// <summary>The bins of <see cref="CalibrationError"/> that hold answers (Niculescu-Mizil and Caruana, ICML 2005).</summary>
    /// <param name="answers">Stated probability of the answer, and whether it was right.</param>
    public static IReadOnlyList<ReliabilityBin> Diagram(IReadOnlyCollection<(double Probability, bool Right)> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return
        [
            .. answers
                .GroupBy(a => Math.Clamp((int)(a.Probability * CalibrationError.Bins), 0, CalibrationError.Bins - 1))
                .OrderBy(bin => bin.Key)
                .Select(bin => new ReliabilityBin(
                    (double)bin.Key / CalibrationError.Bins,
                    (bin.Key + 1.0) / CalibrationError.Bins,
                    bin.Count(),
                    bin.Average(a => a.Probability),
                    bin.Average(a => a.Right ? 1.0 : 0)
                )),
        ];
    }

    /// <summary>Accuracy when only the surest answers are given (El-Yaniv and Wiener, JMLR 11, 2010): answers of one probability stand or
    /// fall together.</summary>
    /// <param name="answers">Stated probability of the answer, and whether it was right.</param>
    /// <param name="unknown">Faces that have no answer at all.</param>
    /// <returns>From few answers to all, at most fifty points.</returns>
    public static IReadOnlyList<SelectivePoint> Selective(IReadOnlyCollection<(double Probability, bool Right)> answers, int unknown)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfNegative(unknown);
        List<SelectivePoint> points = [];
        double all = answers.Count + unknown;
        int given = 0,
            right = 0;
        foreach (var group in answers.GroupBy(a => a.Probability).OrderByDescending(group => group.Key))
        {
            given += group.Count();
            right += group.Count(a => a.Right);
            if (points.Count == 0 || given == answers.Count || given / all >= points[^1].Answered + 1.0 / Points)
                points.Add(new(given / all, (double)right / given, group.Key));
        }
        return points;
    }
}
