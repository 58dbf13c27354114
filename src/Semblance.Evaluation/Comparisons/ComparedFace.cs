using Semblance.Embedding;

namespace Semblance.Evaluation.Comparisons;

/// <summary>A face of a set in which all are compared.</summary>
/// <param name="Image">The picture's name, for messages and errors side by side.</param>
/// <param name="Person">Who is on it.</param>
/// <param name="Embedding">Its embedding.</param>
public sealed record ComparedFace(string Image, string Person, FaceEmbedding Embedding);
