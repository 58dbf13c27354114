using System.Text.Json.Serialization;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Calibration;

/// <summary>One group, or one condition of pictures, of one half of a set at a threshold that the other half made.</summary>
public sealed record HalvesRow
{
    /// <summary>Which half made cohort and thresholds, 1 or 2; the other was measured.</summary>
    public required int MadeBy { get; init; }

    /// <summary>What the group is of: <c>age</c>, <c>gender</c>, <c>race</c> or <c>condition</c>.</summary>
    public required string Axis { get; init; }

    /// <summary>The group, e.g. <c>3-6</c> or <c>blur:4</c>.</summary>
    public required string Group { get; init; }

    /// <summary>The rate asked for.</summary>
    public required double AskedRate { get; init; }

    /// <summary>The threshold for it, of scores of good pictures.</summary>
    public required double Threshold { get; init; }

    /// <summary>The observed rate among comparisons of strangers within the group.</summary>
    public required RateEstimate Fmr { get; init; }

    /// <summary>The most that the observed rate may be.</summary>
    public required double Bound { get; init; }

    /// <summary>Why the group is too small to judge; null when it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? TooSmall { get; init; }

    /// <summary>Whether the lower end of the 95 % interval of the observed rate lies above the bound.</summary>
    public bool IsBroken => TooSmall is null && !Fmr.IsBound && Fmr.Low > Bound;
}
