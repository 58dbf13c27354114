namespace Semblance.Evaluation.Attributes;

/// <summary>
/// Expected calibration error (Naeini, Cooper, Hauskrecht, AAAI 2015; Guo et al., ICML 2017, eq. 3): the mean distance between stated probability and share of
/// right answers over equally wide bins, weighted by their counts.
/// </summary>
public static class CalibrationError
{
    /// <summary>Bins between 0 and 1.</summary>
    public const int Bins = 15;

    /// <summary>The error of answers.</summary>
    /// <param name="answers">Stated probability of the answer, and whether it was right.</param>
    /// <exception cref="EvaluationException">There are none.</exception>
    public static double Of(IReadOnlyCollection<(double Probability, bool Right)> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count == 0) throw new EvaluationException("no answers, so no calibration error");
        return answers
            .GroupBy(answer => Math.Clamp((int)(answer.Probability * Bins), 0, Bins - 1))
            .Sum(bin => Math.Abs(bin.Average(answer => answer.Probability) - bin.Average(answer => answer.Right ? 1 : 0)) * bin.Count()) / answers.Count;
    }
}
