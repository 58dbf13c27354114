using Semblance.Embedding;
using Semblance.Models;

namespace Semblance.Evaluation.Calibration;

/// <summary>What a calibration of scores gives.</summary>
/// <param name="Calibration">The thresholds for the manifest.</param>
/// <param name="Cohort">What the manifest says about the cohort.</param>
/// <param name="Members">The cohort itself.</param>
/// <param name="LeftOut">Pairs of pictures that nobody has named and that are more alike than any two people known to be different: second
/// pictures of one person, most likely; the most similar first.</param>
public sealed record ScoreCalibrationResult(
    ModelCalibration Calibration,
    ModelCohort Cohort,
    EmbeddingCohort Members,
    IReadOnlyList<SuspiciousPair> LeftOut
);
