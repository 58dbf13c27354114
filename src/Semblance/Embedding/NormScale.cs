namespace Semblance.Embedding;

/// <summary>What an embedder's norms say: the more of a face it recognises, the longer its vector is before it is made 1.</summary>
/// <param name="Nothing">At this norm and below there is nothing to recognise.</param>
/// <param name="Plenty">From this norm on a larger one says no more.</param>
public readonly record struct NormScale(double Nothing, double Plenty);
