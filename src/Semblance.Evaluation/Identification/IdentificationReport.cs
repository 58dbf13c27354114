namespace Semblance.Evaluation.Identification;

/// <summary>How well people are found in a gallery, and strangers left unnamed.</summary>
/// <param name="Enrolled">People in the gallery.</param>
/// <param name="MatedProbes">Searches for enrolled people.</param>
/// <param name="NonMatedProbes">Searches for strangers.</param>
/// <param name="Missed">Probes without a face.</param>
/// <param name="Cmc">
/// Cumulative match characteristic: share of the searches for enrolled people with the right one among the first 1, 2, … candidates,
/// whatever the score (ISO/IEC 19795-1). Somebody with an equal score stands before the right one.
/// </param>
/// <param name="Rates">Rates at thresholds set on the strangers of this set.</param>
/// <param name="AtThreshold">Rates at a threshold that was set beforehand; null where none was given.</param>
public sealed record IdentificationReport(
    int Enrolled,
    int MatedProbes,
    int NonMatedProbes,
    int Missed,
    IReadOnlyList<double> Cmc,
    IReadOnlyList<OpenSetRate> Rates,
    OpenSetRate? AtThreshold
);
