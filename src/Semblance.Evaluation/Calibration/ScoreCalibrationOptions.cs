using Semblance.Models;

namespace Semblance.Evaluation.Calibration;

/// <summary>How a cohort and the thresholds of scores are made.</summary>
public sealed record ScoreCalibrationOptions
{
    /// <summary>Members of the cohort that are started with where no number is given; half as many made thresholds no worse, and 1,024 no
    /// better (docs/verification.md).</summary>
    public const int DefaultMembers = 512;

    /// <summary>Most similar members that make a baseline where no number is given: fewer follow small groups of people better, and cost
    /// nobody acceptance (docs/verification.md).</summary>
    public const int DefaultNeighbours = 10;

    /// <summary>The default options.</summary>
    public static ScoreCalibrationOptions Default { get; } = new();

    /// <summary>Members of the cohort that are started with; those of too few people are dissolved.</summary>
    public int Members { get; init; } = DefaultMembers;

    /// <summary>Most similar members that make a baseline.</summary>
    public int Neighbours { get; init; } = DefaultNeighbours;

    /// <summary>The fewest people behind a member.</summary>
    public int SmallestGroup { get; init; } = ModelCohort.DefaultSmallestGroup;

    /// <summary>Which half of the people makes the cohort that is kept, 1 or 2; the other half's baselines are measured with it.</summary>
    public int Half { get; init; } = 1;

    /// <summary>Seed of the halves, the cohort and the resampling.</summary>
    public int Seed { get; init; } = CalibrationOptions.DefaultSeed;

    /// <summary>Times that people are resampled for the intervals.</summary>
    public int Resamples { get; init; } = CalibrationOptions.DefaultResamples;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">Options are out of range; all of them are named.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (Members < 2)
            problems.Add($"{nameof(Members)} is {Members}, 2 or more are needed");
        if (Neighbours < 1 || Neighbours > Members)
            problems.Add($"{nameof(Neighbours)} is {Neighbours}, it lies between 1 and the number of members");
        if (SmallestGroup < ModelCohort.DefaultSmallestGroup)
            problems.Add(
                $"{nameof(SmallestGroup)} is {SmallestGroup}, {ModelCohort.DefaultSmallestGroup} people at least stand behind a member"
            );
        if (Half is not (1 or 2))
            problems.Add($"{nameof(Half)} is {Half}, it is 1 or 2");
        if (Resamples < 1)
            problems.Add($"{nameof(Resamples)} is {Resamples}, 1 or more are needed");
        if (problems.Count > 0)
            throw new ArgumentException(string.Join("; ", problems));
    }
}
