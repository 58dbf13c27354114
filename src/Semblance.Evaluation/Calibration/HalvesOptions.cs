using Semblance.Evaluation.Fairness;

namespace Semblance.Evaluation.Calibration;

/// <summary>How two halves of a set calibrate and judge one another.</summary>
public sealed record HalvesOptions
{
    /// <summary>How many times the rate asked for a group may have where no number is given.</summary>
    public const double DefaultMostTimes = 3;

    /// <summary>The cosine of unmarked second pictures of one person where no number is given.</summary>
    public const double DefaultCopySimilarity = 0.8;

    /// <summary>The default options.</summary>
    public static HalvesOptions Default { get; } = new();

    /// <summary>How each half makes its cohort and thresholds; its seed also divides the people.</summary>
    public ScoreCalibrationOptions Calibration { get; init; } = ScoreCalibrationOptions.Default;

    /// <summary>Smallest group, resampling.</summary>
    public GroupOptions Groups { get; init; } = GroupOptions.Default;

    /// <summary>Rates that are asked for; those that a half's thresholds do not support are left out.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [1e-2, 1e-3, 1e-4];

    /// <summary>The bound: how many times the rate asked for a group may have.</summary>
    public double MostTimes { get; init; } = DefaultMostTimes;

    /// <summary>Cosine from which two pictures without names are taken for pictures of one person; neither they nor their degraded copies
    /// are then compared as strangers.</summary>
    public double CopySimilarity { get; init; } = DefaultCopySimilarity;

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="EvaluationException">Something is.</exception>
    public void Validate()
    {
        List<string> wrong = [];
        if (Rates.Count == 0 || Rates.Any(rate => !(rate is > 0 and < 1)))
            wrong.Add("a rate lies between 0 and 1, and one at least is needed");
        if (!(MostTimes >= 1))
            wrong.Add("the bound is the rate itself at least");
        if (!(CopySimilarity is > -1 and <= 1))
            wrong.Add("the similarity of second pictures lies between -1 and 1");
        if (wrong.Count > 0)
            throw new EvaluationException("the options do not fit: " + string.Join("; ", wrong));
        Calibration.Validate();
        Groups.Validate();
    }
}
