using System.Numerics;
using Semblance.Geometry;

namespace Semblance.Evaluation.Detection;

/// <summary>A labelled face.</summary>
/// <param name="Box">Where it is.</param>
/// <param name="Ignore">Neither a miss when not found nor a false detection when found.</param>
public readonly record struct TruthBox(FaceBox Box, bool Ignore)
{
    /// <summary>Eye (image left), eye, nose, mouth corner (image left), mouth corner; null where the annotation has none.</summary>
    public IReadOnlyList<Vector2>? Landmarks { get; init; }
}

/// <summary>A picture with its labelled faces.</summary>
/// <param name="File">Path relative to the folder of images.</param>
/// <param name="Boxes">Its faces; may be empty.</param>
public sealed record TruthImage(string File, IReadOnlyList<TruthBox> Boxes);
