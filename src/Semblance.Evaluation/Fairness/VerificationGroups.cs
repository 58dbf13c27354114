using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Fairness;

/// <summary>What one threshold for all means for every group of one division of the people.</summary>
public sealed record VerificationGroups
{
    /// <summary>The division, e.g. <c>gender</c> or <c>race × gender</c>.</summary>
    public required string Grouping { get; init; }

    /// <summary>The threshold for all.</summary>
    public required OperatingPoint Point { get; init; }

    /// <summary>All comparisons of different people, whatever their groups.</summary>
    public required RateEstimate AllFmr { get; init; }

    /// <summary>Comparisons of different people of one group, all groups together: strangers who are alike are hardest.</summary>
    public required RateEstimate WithinFmr { get; init; }

    /// <summary>Comparisons of people of different groups, which flatter a figure over all.</summary>
    public required RateEstimate BetweenFmr { get; init; }

    /// <summary>All comparisons of one person; null where nobody has a second picture.</summary>
    public RateEstimate? AllFnmr { get; init; }

    /// <summary>The groups.</summary>
    public required IReadOnlyList<VerificationGroup> Groups { get; init; }

    /// <summary>FMR between groups, row by column in the order of <see cref="Groups"/>; the diagonal is within a group.</summary>
    public required IReadOnlyList<IReadOnlyList<RateEstimate>> Matrix { get; init; }

    /// <summary>How unlike the groups' FMR are; null with fewer than two groups that can be judged.</summary>
    public MeasuredInequality? FmrInequality { get; init; }

    /// <summary>How unlike the groups' FNMR are; null with fewer than two groups that have second pictures.</summary>
    public MeasuredInequality? FnmrInequality { get; init; }

    /// <summary>Measures of both; null where FNMR is not measurable.</summary>
    public JointMeasures? Joint { get; init; }

    /// <summary>Pictures without a label, which are in no group.</summary>
    public required int Unlabelled { get; init; }

    /// <summary>Times that people were resampled.</summary>
    public required int Draws { get; init; }

    /// <summary>Seed of the resampling.</summary>
    public required int Seed { get; init; }
}
