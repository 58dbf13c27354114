namespace Semblance.Training.Attributes.Networks;

/// <summary>What stands between averaged maps and the outputs: a hidden layer with ReLU, or none, and the heads.</summary>
/// <param name="Hidden">Null when the heads take the maps' averages.</param>
/// <param name="Heads">All heads, one below the other.</param>
internal sealed record HeadLayers(LinearLayer? Hidden, LinearLayer Heads);
