using Semblance.Detection;

namespace Semblance.Evaluation.Detection;

/// <summary>A labelled face.</summary>
/// <param name="Box">Where it is.</param>
/// <param name="Ignore">Neither a miss when not found nor a false detection when found.</param>
public readonly record struct TruthBox(FaceBox Box, bool Ignore);

/// <summary>A picture with its labelled faces.</summary>
/// <param name="File">Path relative to the folder of images.</param>
/// <param name="Boxes">Its faces; may be empty.</param>
public sealed record TruthImage(string File, IReadOnlyList<TruthBox> Boxes);
