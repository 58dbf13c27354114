namespace Semblance.Annotation;

/// <summary>How a face is drawn: what the colour and the line say.</summary>
public enum MarkStyle
{
    /// <summary>A whole line, green: a face, or two that are the same.</summary>
    Plain,

    /// <summary>A whole line in a colour that belongs to <see cref="FaceMark.Person"/>.</summary>
    Known,

    /// <summary>A dashed line, amber: somebody whom the gallery does not know.</summary>
    Stranger,

    /// <summary>A whole line, red: different people.</summary>
    Different,

    /// <summary>A dotted line, grey: the picture does not allow an answer.</summary>
    CannotTell,
}
