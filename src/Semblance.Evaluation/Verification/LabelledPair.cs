namespace Semblance.Evaluation.Verification;

/// <summary>Two pictures and whether they show one person.</summary>
/// <param name="ImageA">Path relative to the folder of images.</param>
/// <param name="ImageB">Path relative to the folder of images.</param>
/// <param name="Same">Whether both show one person.</param>
/// <param name="Fold">The part of a cross-validation that it belongs to; null when the file does not say.</param>
public sealed record LabelledPair(string ImageA, string ImageB, bool Same, int? Fold = null)
{
    /// <summary>Reads a CSV file with <c>image_a,image_b,same[,fold]</c>; <c>same</c> is 1 or 0.</summary>
    /// <exception cref="EvaluationException">The file is missing, empty or wrong; names the line.</exception>
    public static IReadOnlyList<LabelledPair> Read(string path)
    {
        List<LabelledPair> pairs = CsvTable.Read(path, ["image_a", "image_b", "same"], row => new LabelledPair(
            Name("image_a", row),
            Name("image_b", row),
            row("same") switch
            {
                "1" or "true" or "True" => true,
                "0" or "false" or "False" => false,
                string other => throw new FormatException($"'{other}' in column same is neither 1 nor 0"),
                null => throw new FormatException("the row is too short"),
            },
            row("fold") is { Length: > 0 } fold ? CsvTable.WholeNumber("fold", fold) : null
        ));
        if (pairs.Count == 0)
            throw new EvaluationException($"{path}: holds no pairs");
        if (pairs.Select(pair => pair.Fold is null).Distinct().Count() > 1)
            throw new EvaluationException($"{path}: some rows have a fold and some have none");
        return pairs;
    }

    private static string Name(string column, Func<string, string?> row) =>
        row(column) is { Length: > 0 } name ? name : throw new FormatException($"column {column} is empty");
}
