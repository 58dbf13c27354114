using Semblance.Models;

namespace Semblance.Evaluation.Calibration;

/// <summary>What a calibration gives.</summary>
/// <param name="Calibration">The table for the manifest.</param>
/// <param name="MostSimilarStrangers">Pairs of different people that look most alike; labels may be wrong there.</param>
public sealed record CalibrationResult(ModelCalibration Calibration, IReadOnlyList<SuspiciousPair> MostSimilarStrangers);

/// <summary>Two pictures labelled as different people that are very similar.</summary>
/// <param name="ImageA">First picture.</param>
/// <param name="ImageB">Second picture.</param>
/// <param name="Similarity">Cosine.</param>
public sealed record SuspiciousPair(string ImageA, string ImageB, double Similarity);
