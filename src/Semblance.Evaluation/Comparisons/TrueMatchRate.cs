namespace Semblance.Evaluation.Comparisons;

/// <summary>The share of comparisons of one person that is accepted where a share of those of different people is.</summary>
/// <param name="Fmr">False match rate.</param>
/// <param name="Threshold">The lowest threshold that keeps it on this set.</param>
/// <param name="Tar">True match rate, 1 − FNMR.</param>
/// <param name="Low">Lower end of the 95 % interval over resampled people; null where it was not resampled.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="Supported">Whether there are 3 / rate comparisons: with fewer the rate cannot be told from a lower one.</param>
public sealed record TrueMatchRate(double Fmr, double Threshold, double Tar, double? Low, double? High, bool Supported);
