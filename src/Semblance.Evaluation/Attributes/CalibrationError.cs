namespace Semblance.Evaluation.Attributes;

/// <summary>
/// Expected calibration error (Naeini, Cooper, Hauskrecht, AAAI 2015; Guo et al., ICML 2017, eq. 3): the mean distance between stated
/// probability and share of right answers over equally wide bins, weighted by their counts.
/// </summary>
public static class CalibrationError
{
    /// <summary>Bins between 0 and 1.</summary>
    public const int Bins = 15;

    private const int Draws = 200,
        Seed = 1;

    /// <summary>The error of answers.</summary>
    /// <param name="answers">Stated probability of the answer, and whether it was right.</param>
    /// <exception cref="EvaluationException">There are none.</exception>
    public static double Of(IReadOnlyCollection<(double Probability, bool Right)> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count == 0)
            throw new EvaluationException("no answers, so no calibration error");
        return answers
                .GroupBy(answer => Math.Clamp((int)(answer.Probability * Bins), 0, Bins - 1))
                .Sum(bin => Math.Abs(bin.Average(answer => answer.Probability) - bin.Average(answer => answer.Right ? 1 : 0)) * bin.Count())
            / answers.Count;
    }

    /// <summary>
    /// The error that perfectly calibrated answers of these probabilities show on so few faces: the mean over draws in which each is
    /// right with its own probability. An error near it says that nothing is known against the calibration; it falls with the root of the
    /// number of faces.
    /// </summary>
    /// <param name="probabilities">Stated probability of every answer.</param>
    /// <exception cref="EvaluationException">There are none.</exception>
    public static double ByChance(IReadOnlyCollection<double> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        Random random = new(Seed);
        return Enumerable
            .Range(0, Draws)
            .Average(_ => Of([.. probabilities.Select(probability => (probability, random.NextDouble() < probability))]));
    }
}
