using Semblance.Training.Attributes.Data;

namespace Semblance.Training.Attributes.Training;

/// <summary>Something that turns crops into numbers which heads are fitted to, and that does not learn any more.</summary>
internal interface IFeatureSource
{
    /// <summary>Numbers of a crop.</summary>
    int Width { get; }

    /// <summary>Computes them.</summary>
    /// <param name="crops">The crops.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>A row of <see cref="Width"/> numbers for every crop.</returns>
    float[] Compute(IReadOnlyList<FaceCrop> crops, CancellationToken cancellationToken);
}
