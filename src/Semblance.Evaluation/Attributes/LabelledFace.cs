using Semblance.Models;

namespace Semblance.Evaluation.Attributes;

/// <summary>A face with what its set says about it; null for columns that are not there.</summary>
/// <param name="File">Relative to the folder of images.</param>
/// <param name="Age">Years.</param>
/// <param name="Gender">The set's word.</param>
/// <param name="Emotion">The set's word.</param>
/// <param name="Race">The set's word.</param>
public sealed record LabelledFace(string File, double? Age, string? Gender, string? Emotion, string? Race)
{
    private const double OldestAge = 130;

    /// <summary>Reads a CSV with the columns <c>file</c> and the attribute's name; <c>age</c>, <c>gender</c> and <c>race</c> serve for
    /// groups; a column <c>split</c> chooses.</summary>
    /// <param name="path">The file.</param>
    /// <param name="attribute">Age, gender or emotion: its column must be there.</param>
    /// <param name="split">Only rows whose <c>split</c> is this; null for all.</param>
    /// <exception cref="EvaluationException">Not readable, a column is missing, a label is out of range, or no row is left.</exception>
    public static IReadOnlyList<LabelledFace> Read(string path, ModelKind attribute, string? split = null)
    {
        string column = attribute switch
        {
            ModelKind.Age => "age",
            ModelKind.Gender => "gender",
            ModelKind.Emotion => "emotion",
            _ => throw new ArgumentOutOfRangeException(nameof(attribute), attribute, "Attributes are age, gender and emotion."),
        };
        string[] columns = split is null ? ["file", column] : ["file", column, "split"];
        List<(LabelledFace Face, string? Split)> rows = CsvTable.Read(path, columns, field =>
        {
            string file = Filled("file", field("file"));
            double? age =
                field("age") is { Length: > 0 } years ? AgeOf(years)
                : attribute == ModelKind.Age ? AgeOf(Filled("age", field("age")))
                : null;
            if (attribute != ModelKind.Age)
                _ = Filled(column, field(column));
            return (new LabelledFace(file, age, Lower(field("gender")), Lower(field("emotion")), field("race")), field("split"));
        });
        LabelledFace[] faces = [.. rows.Where(row => split is null || row.Split == split).Select(row => row.Face)];
        return faces.Length > 0 ? faces : throw new EvaluationException($"{path}: no rows{(split is null ? "" : $" of split '{split}'")}");
    }

    private static double AgeOf(string text) =>
        CsvTable.Number("age", text) is >= 0 and <= OldestAge and double years
            ? years
            : throw new FormatException($"age {text} is out of range, 0 to {OldestAge} is possible");

    private static string Filled(string column, string? text) =>
        text is { Length: > 0 } ? text : throw new FormatException($"column {column} is empty");

    private static string? Lower(string? text) => text is { Length: > 0 } ? text.ToLowerInvariant() : null;
}
