namespace Semblance.Gallery.Identifying;

/// <summary>What counts as a match in a search.</summary>
/// <param name="Similarity">The lowest score that counts; scores are similarities where the contract has no cohort.</param>
/// <param name="Comparisons">Comparisons of one search, N: the references that can be found, with every fusion.</param>
/// <param name="FalsePositiveIdentificationRate">The rate it was taken for; null for an own threshold.</param>
/// <param name="FalseMatchRate">1 - (1 - FPIR)^(1/N), the rate of single comparisons; null for an own threshold.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record SearchThreshold(
    double Similarity,
    long Comparisons,
    double? FalsePositiveIdentificationRate,
    double? FalseMatchRate,
    ThresholdSource Source
);

/// <summary>Where a threshold comes from.</summary>
public enum ThresholdSource
{
    /// <summary>The caller.</summary>
    Own,

    /// <summary>The embedder's calibration.</summary>
    Calibration,

    /// <summary>Comparisons of different people of this gallery, because the calibration does not reach so low a rate.</summary>
    Gallery,
}
