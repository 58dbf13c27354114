namespace Semblance.Evaluation.Fairness;

/// <summary>What a set's labels say about its pictures, column by column, for dividing it into groups.</summary>
public sealed class GroupLabels
{
    /// <summary>A column that is made from <c>age</c> where the labels do not have it.</summary>
    public const string AgeGroup = "age_group";

    private readonly Dictionary<string, Dictionary<string, string>> _columns;

    private GroupLabels(Dictionary<string, Dictionary<string, string>> columns) => _columns = columns;

    /// <summary>Reads a CSV with the column <c>file</c> and others.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Columns to group by; <c>age_group</c> is made from <c>age</c> where it is not there.</param>
    /// <exception cref="EvaluationException">Not readable, or a column is missing.</exception>
    public static GroupLabels Read(string path, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Dictionary<string, Dictionary<string, string>> read = columns
            .Distinct()
            .ToDictionary(column => column, _ => new Dictionary<string, string>());
        int rows = 0;
        _ = CsvTable.Read(path, ["file"], row =>
        {
            rows++;
            string file = row("file") is { Length: > 0 } name ? name : throw new FormatException("column file is empty");
            foreach ((string column, Dictionary<string, string> labels) in read)
                if (LabelOf(column, row) is { Length: > 0 } label)
                    labels[file] = label;
            return file;
        });
        string[] empty = [.. read.Where(column => column.Value.Count == 0).Select(column => column.Key)];
        return empty.Length == 0 || rows == 0
            ? new(read)
            : throw new EvaluationException($"{path}: no label in column {string.Join(", ", empty)}");
    }

    /// <summary>Labels that are known already.</summary>
    /// <param name="columns">By column and file.</param>
    public static GroupLabels Of(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new(columns.ToDictionary(column => column.Key, column => column.Value.ToDictionary()));
    }

    /// <summary>The same labels, some columns under another name and for some pictures alone.</summary>
    /// <param name="columns">Columns and their new names; the others stay as they are.</param>
    /// <param name="isKept">Whether a picture keeps its label in these columns.</param>
    public GroupLabels Only(IReadOnlyList<(string Column, string Name)> columns, Func<string, bool> isKept)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(isKept);
        Dictionary<string, string> names = columns.ToDictionary(column => column.Column, column => column.Name);
        return new(
            _columns.ToDictionary(
                column => names.GetValueOrDefault(column.Key, column.Key),
                column => names.ContainsKey(column.Key) ? column.Value.Where(label => isKept(label.Key)).ToDictionary() : column.Value
            )
        );
    }

    /// <summary>The columns.</summary>
    public IReadOnlyCollection<string> Columns => _columns.Keys;

    /// <summary>A label; null where there is none.</summary>
    /// <param name="column">The column.</param>
    /// <param name="file">The picture.</param>
    public string? this[string column, string file] => _columns[column].GetValueOrDefault(file);

    /// <summary>Pictures divided by one column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="files">The pictures.</param>
    public Grouping By(string column, IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return Grouping.By(column, [.. files.Select(file => this[column, file])], column == AgeGroup ? AgeBands.All : null);
    }

    /// <summary>Pictures divided by every column and, where there are several, by each two of them together.</summary>
    /// <param name="files">The pictures.</param>
    public IReadOnlyList<Grouping> All(IReadOnlyList<string> files)
    {
        Grouping[] single = [.. Columns.Select(column => By(column, files)).Where(grouping => grouping.Groups.Count > 0)];
        return
        [
            .. single,
            .. from i in Enumerable.Range(0, single.Length)
            from j in Enumerable.Range(i + 1, single.Length - i - 1)
            select single[i].Cross(single[j]),
        ];
    }

    private static string? LabelOf(string column, Func<string, string?> row) =>
        row(column) ?? (column == AgeGroup && row("age") is { Length: > 0 } age ? AgeBands.Of(CsvTable.Number("age", age)) : null);
}
