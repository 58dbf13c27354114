using System.Numerics;
using Semblance.Detection;

namespace Semblance.Annotation;

/// <summary>A face to be drawn.</summary>
/// <param name="Face">Box and points.</param>
/// <param name="Label">Stands beside the box, short lines separated by line feeds; nothing where it is empty. What
/// <see cref="AnnotationFont.Draws"/> refuses would be drawn as empty boxes.</param>
public sealed record FaceMark(DetectedFace Face, string Label)
{
    /// <summary>How it looks.</summary>
    public MarkStyle Style { get; init; } = MarkStyle.Plain;

    /// <summary>Whose face it is, by anything that stays the same from picture to picture: it chooses the colour where
    /// <see cref="Style"/> is <see cref="MarkStyle.Known"/>.</summary>
    public string? Person { get; init; }

    /// <summary>The 68 points, drawn as lines in place of the detector's points; empty where they are not known.</summary>
    public IReadOnlyList<Vector2> Contour { get; init; } = [];

    /// <summary>Number that stands for the face where the labels are in a legend; 0 takes its place in the list.</summary>
    public int Number { get; init; }

    /// <summary>The lines of the label.</summary>
    internal string[] Lines => Label.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
