using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Verification;

/// <summary>What the threshold for a rate does on pictures that were made worse in one way.</summary>
public sealed record ConditionReport
{
    /// <summary>How they were made worse, e.g. <c>blur:4</c>; <c>clear</c> for the pictures as they are.</summary>
    public required string Condition { get; init; }

    /// <summary>The false match rate asked for.</summary>
    public required double AskedRate { get; init; }

    /// <summary>The threshold in use for it, of scores of clear pictures.</summary>
    public required double Threshold { get; init; }

    /// <summary>Degraded pictures on which no face was found.</summary>
    public required RateEstimate Missed { get; init; }

    /// <summary>Degraded pictures with a face that allows no answer at the rate: "cannot tell".</summary>
    public required RateEstimate CannotTell { get; init; }

    /// <summary>False matches of strangers, both pictures degraded.</summary>
    public required RateEstimate Fmr { get; init; }

    /// <summary>False matches of strangers, one picture degraded and one clear.</summary>
    public required RateEstimate FmrWithClear { get; init; }

    /// <summary>Comparisons of one person that were not accepted, both pictures degraded; "cannot tell" is not accepted.</summary>
    public required RateEstimate Fnmr { get; init; }

    /// <summary>Comparisons of one person that were not accepted, one picture degraded and another one clear.</summary>
    public required RateEstimate FnmrWithClear { get; init; }

    /// <summary>
    /// How many times the rate asked for the observed one is for certain: the lower 95 % limits of both rates of false matches by the asked
    /// one, the larger of both; 0 where no false match was seen.
    /// </summary>
    public double CertainExcess =>
        new[] { Fmr, FmrWithClear }
            .Where(rate => rate.Trials > 0 && !rate.IsBound)
            .Select(rate => rate.Low / AskedRate)
            .DefaultIfEmpty()
            .Max();
}
