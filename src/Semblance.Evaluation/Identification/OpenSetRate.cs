using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Identification;

/// <summary>Searches at one threshold.</summary>
/// <param name="AskedFpir">The false positive identification rate asked for; null for a threshold of somebody's own.</param>
/// <param name="Threshold">Candidates from this score on are named.</param>
/// <param name="Fpir">Strangers who get a name.</param>
/// <param name="Fnir">Enrolled people who do not get their own name: below the threshold, behind somebody else, or without a face.</param>
/// <param name="WrongNames">Enrolled people who get another one's name; they are among <paramref name="Fnir"/>.</param>
/// <param name="Supported">Whether there are 3 / rate strangers: with fewer the rate cannot be told from a lower one.</param>
public sealed record OpenSetRate(
    double? AskedFpir,
    double Threshold,
    RateEstimate Fpir,
    RateEstimate Fnir,
    RateEstimate WrongNames,
    bool Supported
)
{
    /// <summary>Detection and identification rate, 1 − FNIR.</summary>
    public double Dir => 1 - Fnir.Rate;
}
