using Semblance.Detection;

namespace Semblance.Annotation;

/// <summary>A face to be drawn.</summary>
/// <param name="Face">Box and points.</param>
/// <param name="Label">Stands above the box; nothing where it is empty. What <see cref="AnnotationFont.Draws"/> refuses would be drawn as
/// empty boxes.</param>
public sealed record FaceMark(DetectedFace Face, string Label)
{
    /// <summary>How it looks.</summary>
    public MarkStyle Style { get; init; } = MarkStyle.Plain;
}

/// <summary>How a face is drawn.</summary>
public enum MarkStyle
{
    /// <summary>A whole line, green.</summary>
    Plain,

    /// <summary>A dashed line, amber: somebody whom the gallery does not know.</summary>
    Stranger,
}
