using Semblance.Training.Identity;
using static TorchSharp.torch;

namespace Semblance.Training.Embedders;

/// <summary>Faces of known people, ready to be trained on.</summary>
/// <param name="Batches">Prepares them.</param>
/// <param name="Labels">Index of the person of each.</param>
/// <param name="Classes">Number of people.</param>
internal sealed record LabelledFaces(TrainingBatches Batches, IReadOnlyList<int> Labels, int Classes);

/// <summary>Faces of nobody in particular with the embeddings that they must keep.</summary>
/// <param name="Batches">Prepares them.</param>
/// <param name="Targets">[N, d], unit vectors.</param>
internal sealed record DistilledFaces(TrainingBatches Batches, Tensor Targets);
