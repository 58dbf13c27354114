using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Checkpoints;

/// <summary>A dictionary of tensors in a checkpoint.</summary>
/// <param name="Path">The keys that lead to it, joined by dots; empty for the file's own.</param>
/// <param name="Weights">Its tensors.</param>
public sealed record CheckpointPart(string Path, StateDict Weights);
