namespace Semblance.Models;

/// <summary>Thresholds at one quality.</summary>
/// <param name="Norm">The smaller embedding norm of a pair.</param>
/// <param name="Fmr">Pairs of false match rate and threshold, by falling rate; rates that no threshold keeps are missing.</param>
/// <param name="Probability">From score to the probability of one person at this quality.</param>
public sealed record NormThresholds(double Norm, IReadOnlyList<IReadOnlyList<double>> Fmr, ProbabilityModel Probability);
