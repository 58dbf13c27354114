using Semblance.Evaluation.Running;

namespace Semblance.Evaluation.Parts;

/// <summary>A set to measure on.</summary>
/// <param name="Id">Short name; sections and figures are called by it.</param>
/// <param name="Description">What it is, and what it was used for before.</param>
/// <param name="Set">Where its files lie.</param>
/// <param name="Framing">Whether its pictures are aligned crops.</param>
public sealed record PartSource(string Id, string Description, PictureSet Set, PictureFraming Framing = PictureFraming.Photographs);
