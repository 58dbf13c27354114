namespace Semblance.Training.Attributes.Training;

/// <summary>Samples of one step and what the network sees of them.</summary>
/// <param name="Samples">Indices into the training set.</param>
/// <param name="Planes">[samples, 3, side, side].</param>
/// <param name="Side">Pixels across and down.</param>
internal sealed record TrainingBatch(int[] Samples, float[] Planes, int Side);
