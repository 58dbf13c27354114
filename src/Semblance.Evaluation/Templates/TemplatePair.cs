namespace Semblance.Evaluation.Templates;

/// <summary>Two templates to compare.</summary>
/// <param name="A">First template.</param>
/// <param name="B">Second template.</param>
/// <param name="Same">Whether both are of one person.</param>
public readonly record struct TemplatePair(int A, int B, bool Same)
{
    /// <summary>Reads IJB's list, e.g. <c>ijbc_template_pair_label.txt</c>: two templates and 1 or 0 in every line.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="EvaluationException">Not readable, or a line is wrong.</exception>
    public static IReadOnlyList<TemplatePair> Read(string path) => PlainLines.Read(path, 3, parts => new TemplatePair(
            PlainLines.Whole(parts[0], "a template"),
            PlainLines.Whole(parts[1], "a template"),
            parts[2] switch
            {
                "1" => true,
                "0" => false,
                _ => throw new FormatException($"'{parts[2]}' is neither 1 nor 0"),
            }
        ));
}
