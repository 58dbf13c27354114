using Semblance.Embedding;

namespace Semblance.Evaluation.Calibration;

/// <summary>An embedding and whose it is.</summary>
/// <param name="Image">Where it comes from, for messages.</param>
/// <param name="Person">Whose face it is.</param>
/// <param name="Embedding">The vector.</param>
public sealed record LabelledEmbedding(string Image, string Person, FaceEmbedding Embedding);
