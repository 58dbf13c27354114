namespace Semblance.Client;

/// <summary>A vector.</summary>
/// <param name="Model">What made it.</param>
/// <param name="Contract">Which vectors may be compared.</param>
/// <param name="Norm">Length before normalising.</param>
/// <param name="Vector">The components.</param>
public sealed record EmbeddingAnswer(string Model, string Contract, double Norm, IReadOnlyList<float> Vector);
