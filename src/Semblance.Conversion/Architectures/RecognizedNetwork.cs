using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Architectures;

/// <summary>A network and its weights.</summary>
/// <param name="Architecture">What it is.</param>
/// <param name="Weights">Its weights, by the architecture's own keys.</param>
public sealed record RecognizedNetwork(IArchitecture Architecture, StateDict Weights);
