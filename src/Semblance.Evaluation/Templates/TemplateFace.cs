namespace Semblance.Evaluation.Templates;

/// <summary>A picture of a template protocol: a still or a frame of a video.</summary>
/// <param name="Image">Its name.</param>
/// <param name="Template">The template that it belongs to.</param>
/// <param name="Media">The still or video that it comes from: frames of one video count together as one.</param>
public readonly record struct TemplateFace(string Image, int Template, int Media)
{
    /// <summary>Reads IJB's list, e.g. <c>ijbc_face_tid_mid.txt</c>: image, template and media in every line, separated by
    /// blanks.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="EvaluationException">Not readable, or a line is wrong.</exception>
    public static IReadOnlyList<TemplateFace> Read(string path) =>
        PlainLines.Read(path, 3, parts => new TemplateFace(
            parts[0],
            PlainLines.Whole(parts[1], "a template"),
            PlainLines.Whole(parts[2], "a media")
        ));
}
