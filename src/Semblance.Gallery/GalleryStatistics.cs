using Semblance.Gallery.Storage;

namespace Semblance.Gallery;

/// <summary>How much a gallery holds and which rates it supports.</summary>
/// <param name="Counts">People, references, pairs, size.</param>
/// <param name="CalibratedFalseMatchRate">The smallest false match rate of the embedder's calibration; null without one.</param>
/// <param name="OwnFalseMatchRate">The smallest false match rate that the gallery's own non-mated pairs support (three over their number);
/// null with too few.</param>
/// <param name="SmallestFalsePositiveIdentificationRate">The smallest FPIR that a search may ask for; null when none is supported.</param>
public sealed record GalleryStatistics(
    GalleryCounts Counts,
    double? CalibratedFalseMatchRate,
    double? OwnFalseMatchRate,
    double? SmallestFalsePositiveIdentificationRate
)
{
    /// <summary>Whether something was removed whose traces are yet to be erased.</summary>
    public bool ErasureDue { get; init; }
}
