namespace Semblance.Evaluation.Templates;

/// <summary>Whose template it is, as the lists of galleries and probes say.</summary>
/// <param name="Template">The template.</param>
/// <param name="Subject">The person.</param>
public readonly record struct TemplateSubject(int Template, int Subject)
{
    /// <summary>Reads a list of IJB's identification, e.g. <c>ijbc_1N_gallery_G1.csv</c>: columns <c>TEMPLATE_ID,SUBJECT_ID</c>, a row a
    /// picture.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Every template once.</returns>
    /// <exception cref="EvaluationException">Not readable, a line is wrong, or a template has two subjects.</exception>
    public static IReadOnlyList<TemplateSubject> Read(string path)
    {
        List<TemplateSubject> rows = CsvTable.Read(path, ["template_id", "subject_id"], row => new TemplateSubject(
            CsvTable.WholeNumber("template_id", row("template_id")),
            CsvTable.WholeNumber("subject_id", row("subject_id"))
        ));
        TemplateSubject[] templates = [.. rows.Distinct()];
        if (templates.GroupBy(row => row.Template).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new EvaluationException(
                $"{path}: template {twice.Key} has the subjects {string.Join(" and ", twice.Select(t => t.Subject))}"
            );
        return templates;
    }
}
