using System.Globalization;
using System.Text;

namespace Semblance.Training.Attributes.Data;

/// <summary>The rows of a <c>labels.csv</c>; errors name file and line.</summary>
internal sealed class LabelTable
{
    private readonly string _name;
    private readonly string[] _header;

    private LabelTable(string name, string[] header, IReadOnlyList<LabelRow> rows) => (_name, _header, Rows) = (name, header, rows);

    /// <summary>Rows in the order of the file.</summary>
    public IReadOnlyList<LabelRow> Rows { get; }

    /// <summary>Reads a table of an archive.</summary>
    /// <param name="archive">Where it lies.</param>
    /// <param name="columns">Columns that must be there.</param>
    /// <exception cref="TrainingException">Not there, a column is missing, or a row has too few fields.</exception>
    public static LabelTable Read(ImageArchive archive, params IReadOnlyList<string> columns)
    {
        string name = $"{archive.Path}: labels.csv";
        string[] lines = Encoding.UTF8.GetString(archive.Read("labels.csv")).Split('\n', StringSplitOptions.TrimEntries);
        string[] header = [.. lines[0].TrimStart('\uFEFF').Split(',', StringSplitOptions.TrimEntries)];
        string[] missing = [.. columns.Except(header)];
        if (missing.Length > 0)
            throw new TrainingException($"{name} has no column {string.Join(", ", missing)}, only {string.Join(", ", header)}");
        List<LabelRow> rows = [];
        LabelTable table = new(name, header, rows);
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
                continue;
            string[] fields = lines[i].Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length != header.Length)
                throw new TrainingException($"{name}, line {i + 1}: {fields.Length} fields, the header has {header.Length}");
            rows.Add(new(table, fields, i + 1));
        }
        return rows.Count > 0 ? table : throw new TrainingException($"{name} has no rows");
    }

    /// <summary>One row.</summary>
    internal sealed class LabelRow(LabelTable table, string[] fields, int line)
    {
        /// <summary>A field as text; null where the table has no such column.</summary>
        public string? Text(string column)
        {
            int index = Array.IndexOf(table._header, column);
            return index < 0 ? null : fields[index];
        }

        /// <summary>A field as a whole number in a range.</summary>
        public int Number(string column, int lowest, int highest) =>
            int.TryParse(Text(column), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            && value >= lowest
            && value <= highest
                ? value
                : throw Wrong(column, $"a whole number from {lowest} to {highest} is needed");

        /// <summary>The place of a field among the names that may stand there.</summary>
        public int IndexIn(string column, IReadOnlyList<string> names)
        {
            for (int i = 0; i < names.Count; i++)
                if (names[i] == Text(column))
                    return i;
            throw Wrong(column, $"one of {string.Join(", ", names)} is needed");
        }

        private TrainingException Wrong(string column, string needed) =>
            new($"{table._name}, line {line}: {column} is '{Text(column)}'; {needed}");
    }
}
