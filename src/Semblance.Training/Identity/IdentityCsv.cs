using Semblance.Evaluation;

namespace Semblance.Training.Identity;

/// <summary>A list of pictures and who is on them.</summary>
internal static class IdentityCsv
{
    /// <summary>Reads a CSV with <c>file,identity</c>.</summary>
    /// <param name="path">The list.</param>
    /// <param name="images">Folder that its files are relative to.</param>
    public static IdentitySet Read(string path, string images)
    {
        List<(string File, string Identity)> rows;
        try
        {
            rows = CsvTable.Read(path, ["file", "identity"], row => (Value("file", row), Value("identity", row)));
        }
        catch (EvaluationException e)
        {
            throw new TrainingException(e.Message, e);
        }
        if (rows.Count == 0)
            throw new TrainingException($"{path}: holds no pictures");
        string[] missing = [.. rows.Where(row => !File.Exists(Path.Combine(images, row.File))).Select(row => row.File).Take(4)];
        if (missing.Length > 0)
            throw new TrainingException(
                $"{path} names {string.Join(", ", missing.Take(3))}{(missing.Length > 3 ? ", …" : "")}, which {images} does not hold; "
                    + $"give their folder with --images"
            );
        var contradicted = rows.GroupBy(row => row.File).FirstOrDefault(group => group.Select(row => row.Identity).Distinct().Count() > 1);
        if (contradicted is not null)
            throw new TrainingException(
                $"{path} says that {contradicted.Key} shows "
                    + $"{string.Join(" and ", contradicted.Select(row => row.Identity).Distinct())}; a picture shows one person"
            );
        string[] names = [.. rows.Select(row => row.Identity).Distinct()];
        Dictionary<string, int> indexes = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        return new(path, names, [.. rows.Select(row => FaceSample.OfFile(Path.Combine(images, row.File), indexes[row.Identity]))]);
    }

    private static string Value(string column, Func<string, string?> row) =>
        row(column) is { Length: > 0 } value ? value : throw new FormatException($"column {column} is empty");
}
