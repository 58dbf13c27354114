namespace Semblance.Evaluation.Identification;

/// <summary>A search in a gallery: the highest score of every enrolled person.</summary>
/// <param name="Image">The probe's name.</param>
/// <param name="Mate">The enrolled person that it shows; −1 for a stranger.</param>
/// <param name="Scores">Score of every enrolled person; empty when the probe has no face: then nobody is found.</param>
public sealed record IdentificationProbe(string Image, int Mate, IReadOnlyList<float> Scores);
