using Semblance.Training.Networks;

namespace Semblance.Training.Embedders;

/// <summary>What a finished training gives.</summary>
/// <param name="Embedder">The network in its best state.</param>
/// <param name="Step">Steps done in that state; 0 where no training improved what it started from.</param>
/// <param name="Steps">Steps of the run.</param>
/// <param name="People">People trained on.</param>
/// <param name="Crops">Their crops.</param>
/// <param name="Distilled">Unlabelled crops beside them.</param>
/// <param name="Calibration">Faces for the thresholds; null for none.</param>
internal sealed record TrainedEmbedder(
    TrainableEmbedder Embedder,
    long Step,
    long Steps,
    int People,
    int Crops,
    int Distilled,
    CalibrationFaces? Calibration
);
