using Semblance.Matching;

namespace Semblance;

/// <summary>What a comparison says at one of several rates, as if it had been asked at that rate alone.</summary>
public sealed record RateDecision
{
    /// <summary>The rate.</summary>
    public required double FalseMatchRate { get; init; }

    /// <summary>One person: the answer is <see cref="Matching.Decision.Same"/>; null where the rate cannot be promised.</summary>
    public bool? Match { get; init; }

    /// <summary>The answer; null where the rate cannot be promised.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Why the pictures do not allow an answer at this rate; null where they do.</summary>
    public CannotTell? CannotTell { get; init; }

    /// <summary>Cosine of the faces that decided, -1 to 1; with <see cref="FaceChoice.All"/> another pair may decide at another
    /// rate.</summary>
    public double? Similarity { get; init; }

    /// <summary>What the threshold is compared with.</summary>
    public double? Score { get; init; }

    /// <summary>The lowest score (without a cohort and for L2 the largest distance) that counts as a match.</summary>
    public double? Threshold { get; init; }

    /// <summary>Why the rate cannot be promised; null where it can.</summary>
    public AnalysisError? Error { get; init; }

    /// <summary>A decision as the answer at a rate.</summary>
    /// <param name="rate">The rate that was asked for; the decision's own may be a share of it.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="cannotTell">Why the pictures do not allow an answer; null where they do.</param>
    public static RateDecision Of(double rate, MatchDecision decision, CannotTell? cannotTell)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return new()
        {
            FalseMatchRate = rate,
            Match = decision.Match,
            Decision = decision.Decision,
            CannotTell = cannotTell,
            Similarity = decision.Similarity,
            Score = decision.Score,
            Threshold = decision.Threshold,
        };
    }

    /// <summary>A rate that the measurement does not support.</summary>
    /// <param name="rate">The rate that was asked for.</param>
    /// <param name="refusal">Names what is supported.</param>
    public static RateDecision Of(double rate, UnsupportedRateException refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new()
        {
            FalseMatchRate = rate,
            Error = new(refusal.Code, refusal.Message) { Category = refusal.Category },
        };
    }
}
